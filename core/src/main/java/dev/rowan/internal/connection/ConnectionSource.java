package dev.rowan.internal.connection;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source of connections: one for each statement in autocommit, or for each transaction. Thread-safe. */
public interface ConnectionSource extends AutoCloseable {

    /**
     * Returns a connection, which only the caller uses until it returns it.
     *
     * @throws dev.rowan.error.DatabaseException if no connection is available
     * @throws IllegalStateException after {@link #close()}
     */
    Connection borrow();

    /** Returns a connection to the source, for the next borrower; never throws. */
    void giveBack(Connection connection);

    /** Closes a borrowed connection, so that nobody borrows it again; never throws. */
    void discard(Connection connection);

    /** Returns a source of connections that may run LOAD DATA LOCAL INFILE; empty if there is none. */
    default Optional<ConnectionSource> forInfile() {
        return Optional.empty();
    }

    /**
     * Returns whether a connection must not be used again after a failure: it is broken, its server is read-only, or a
     * KILL QUERY for it may still be on its way.
     */
    static boolean isSpoiledBy(Throwable failure) {
        return failure instanceof StatementTimeout
                || failure instanceof CommitOutcomeUnknown
                || (failure instanceof TransientFailure transientFailure
                        && switch (transientFailure.kind()) {
                            case CONNECTION_LOST, READ_ONLY_SERVER, INTERRUPTED -> true;
                            case DEADLOCK,
                                    LOCK_TIMEOUT,
                                    UNREACHABLE,
                                    TOO_MANY_CONNECTIONS,
                                    POOL_EXHAUSTED,
                                    RENUMBERED -> false;
                        });
    }

    /** Returns whether a borrowed connection is in a transaction that its owner ends, such as Spring. */
    default boolean isJoined(Connection connection) {
        return false;
    }

    /** Returns how many connections are borrowed now. */
    int inUse();

    /** Returns how many callers wait for a connection now; 0 if the source does not know. */
    default int waiting() {
        return 0;
    }

    /** Returns the error of a call after {@link #close()}. */
    static IllegalStateException closed() {
        return new IllegalStateException(
                "The database is closed. Close it after the last call, when the service" + " stops.");
    }

    /** Returns the error of a caller that was interrupted while it waited for a connection. */
    static TransientFailure interrupted(@Nullable InterruptedException e) {
        return new TransientFailure(
                "The thread was interrupted while it waited for a connection: no statement was run.",
                TransientFailure.Kind.INTERRUPTED,
                e);
    }

    /** Returns why a connection could not be closed, without the server's text, which may hold values. */
    static String reason(Exception e) {
        return e instanceof SQLException failure && failure.getSQLState() != null
                ? failure.getSQLState()
                : e.getClass().getName();
    }

    /** Closes the connections that the source owns. Idempotent. */
    @Override
    void close();
}
