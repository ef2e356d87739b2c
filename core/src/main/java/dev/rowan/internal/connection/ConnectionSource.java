package dev.rowan.internal.connection;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where connections come from: one for each statement in autocommit, or for each transaction. Thread-safe. */
public interface ConnectionSource extends AutoCloseable {

    /**
     * Returns a connection, for the caller alone until it is given back.
     *
     * @throws dev.rowan.error.DatabaseException if there is none to be had
     * @throws IllegalStateException after {@link #close()}
     */
    Connection borrow();

    /** Takes a connection back, for the next borrower; never throws. */
    void giveBack(Connection connection);

    /** Takes a connection back that nobody may borrow again; never throws. */
    void discard(Connection connection);

    /** Returns connections that may send files to the server, if there can be any. */
    default Optional<ConnectionSource> forFiles() {
        return Optional.empty();
    }

    /**
     * Says whether a connection is of no use after a failure: it broke, leads to a server that takes no writes, or may
     * still be about to be told to stop a statement.
     */
    static boolean isSpoiledBy(Throwable failure) {
        return failure instanceof StatementTimeout
                || failure instanceof CommitOutcomeUnknown
                || (failure instanceof TransientFailure passing
                        && switch (passing.kind()) {
                            case CONNECTION_LOST, READ_ONLY_SERVER, INTERRUPTED -> true;
                            case DEADLOCK,
                                    LOCK_TIMEOUT,
                                    UNREACHABLE,
                                    TOO_MANY_CONNECTIONS,
                                    POOL_EXHAUSTED,
                                    RENUMBERED -> false;
                        });
    }

    /** Says whether a connection that was borrowed is within a transaction of somebody else's, for them to end. */
    default boolean isJoined(Connection connection) {
        return false;
    }

    /** Returns how many connections are borrowed now. */
    int inUse();

    /** Returns how many callers wait for a connection now, as far as is known. */
    default int waiting() {
        return 0;
    }

    /** Returns the error of a call after {@link #close()}. */
    static IllegalStateException closed() {
        return new IllegalStateException("The database is closed. Close it after the last call, with the service.");
    }

    /** Returns the error of a caller that was interrupted before it had a connection. */
    static TransientFailure interrupted(@Nullable InterruptedException e) {
        return new TransientFailure(
                "The thread was interrupted while it waited for its turn at the database: nothing was run.",
                TransientFailure.Kind.INTERRUPTED,
                e);
    }

    /** Ends all connections that are its own. Closing twice does nothing more. */
    @Override
    void close();
}
