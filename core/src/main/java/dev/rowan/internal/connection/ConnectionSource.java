package dev.rowan.internal.connection;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.driver.ConnectorJ;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A source of connections: one for each statement in autocommit, or for each transaction. Thread-safe. */
public interface ConnectionSource extends AutoCloseable {

    /** The longest wait for the answer to a KILL QUERY, the connecting included. */
    Duration LONGEST_KILL = Duration.ofSeconds(5);

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

    /**
     * Stops the statement that a borrowed connection runs: sends KILL QUERY on another connection, and returns when the
     * server has answered. If that fails, aborts the borrowed connection. Never throws.
     */
    void stopStatement(Connection running);

    /** Opens a connection, or borrows one. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Stops the statement of a connection by another connection to the same server, which is closed afterwards. */
    static void stopStatement(Connection running, Opening other) {
        // on a thread of its own, because that of the caller may be bound to the very connection
        var kill = CompletableFuture.runAsync(() -> kill(running, other), Thread::startVirtualThread);
        try {
            kill.get(LONGEST_KILL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            abort(running);
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            abort(running);
        }
    }

    private static void kill(Connection running, Opening other) {
        try (var connection = other.open();
                var statement = connection.createStatement()) {
            var driver = Objects.requireNonNull(ConnectorJ.behind(running), "Connector/J");
            statement.execute("KILL QUERY " + driver.id());
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            // the timeout of the socket ends the statement
        }
    }

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

    /**
     * Checks that the transaction of a borrowed connection is open, if its owner ends it.
     *
     * @throws TransientFailure that names the failure with which the server ended it
     */
    default void requireOpen(Connection connection) {}

    /** Is told of a failed statement: the server may have ended a transaction whose owner does not learn of it. */
    default void failed(Connection connection, DatabaseException failure) {}

    /** Is told that the transaction of a borrowed connection has ended, and with which failure. */
    default void ended(Connection connection, TransientFailure ending) {}

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
