package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.GuardedConnection;
import dev.rowan.internal.connection.TransactionEnding.ServerState;
import dev.rowan.internal.driver.ConnectorJ;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.util.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connection of a transaction: runs its statements, and is given back at its end. Not thread-safe. */
public final class TransactionConnection {

    private final ConnectionSource connections;
    private final Connection connection;
    private final StatementExecutor statements;
    private final String prefix;
    private final Deadline deadline;
    private final TransactionHealth health = new TransactionHealth();

    /** The connection as jOOQ sees it; null until it is asked for. */
    private @Nullable GuardedConnection guarded;

    private boolean ended;
    private boolean isGivenBack;

    /**
     * Borrows a connection.
     *
     * @param name the name of the transaction, which is a comment at the start of each statement
     */
    public TransactionConnection(
            ConnectionSource connections, StatementExecutor statements, Optional<String> name, Deadline deadline) {
        requireTime(deadline);
        this.connections = connections;
        this.connection = connections.borrow();
        this.statements = statements;
        this.prefix = name.map(text -> "/* " + text + " */ ").orElse("");
        this.deadline = deadline;
    }

    TransactionHealth health() {
        return health;
    }

    /** Returns the comment at the start of each statement; empty if the transaction has no name. */
    String prefix() {
        return prefix;
    }

    /** Returns whether the connection is in a transaction that was begun elsewhere. */
    public boolean isJoined() {
        return connections.isJoined(connection);
    }

    /**
     * Checks that the connection can run a statement.
     *
     * @throws IllegalStateException after the end of the transaction
     * @throws TransientFailure if the server has ended the transaction
     * @throws StatementTimeout after the transaction's deadline
     */
    void check() {
        health.requireOpen();
        get();
        requireTime(deadline);
    }

    /** Returns the connection. @throws IllegalStateException after the end of the transaction */
    Connection get() {
        if (ended) {
            throw new IllegalStateException(
                    "The session's transaction has ended. Use the session only while its transaction is open: in the body"
                            + " that receives it.");
        }
        return connection;
    }

    /** Returns whether the transaction was begun as read-only. */
    boolean isReadOnly() {
        try {
            return get().isReadOnly();
        } catch (SQLException e) {
            throw failed(SqlExceptionTranslator.typed(e, StatementKind.RUN, null));
        }
    }

    /** Returns the connection for jOOQ: a guard that refuses to end the transaction and notes what would outlast it. */
    Connection guarded() {
        if (guarded == null) {
            guarded = GuardedConnection.withinTransaction(get(), this::failed);
        }
        return guarded.connection();
    }

    <T> T run(SqlCommand<T> call) {
        try {
            return statements.run(call.after(prefix), get());
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    /** Runs a statement that begins or ends the transaction or a savepoint. */
    void execute(String text) {
        try {
            statements.execute(prefix + text, get());
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    /**
     * Records the effects of a failure, and returns it; a timeout of the transaction in place of that of a statement.
     */
    DatabaseException failed(DatabaseException failure) {
        var wasOpen = !health.isEndedByServer();
        health.record(failure, this::serverState);
        noteEnding(wasOpen);
        return isCausedByDeadline(failure) ? SqlExceptionTranslator.transactionTimeout(deadline, failure) : failure;
    }

    /** Notes that a part of the transaction could not be undone, see {@link TransactionHealth#doom}. */
    void doom(DatabaseException failure) {
        var wasOpen = !health.isEndedByServer();
        health.doom(failure);
        noteEnding(wasOpen);
    }

    /** Tells the source of the connection that the transaction has ended: its owner may go on otherwise. */
    private void noteEnding(boolean wasOpen) {
        var ending = health.ending();
        if (wasOpen && ending != null) {
            connections.ended(connection, ending);
        }
    }

    /** Returns whether both are the same connection to the server: each may be a proxy of its own. */
    boolean isSame(TransactionConnection other) {
        try {
            var mine = ConnectorJ.behind(connection);
            var others = ConnectorJ.behind(other.connection);
            return mine != null && others != null && mine.connection().equals(others.connection());
        } catch (SQLException e) {
            return false; // one of them is closed
        }
    }

    /** Checks that the transaction is open that the connection is in; see {@link #isJoined}. */
    void requireOwnersOpen() {
        connections.requireOpen(connection);
    }

    /** Checks that there is time left. @throws StatementTimeout if there is none */
    private static void requireTime(Deadline deadline) {
        if (deadline.isOver()) {
            throw SqlExceptionTranslator.transactionTimeout(deadline, null);
        }
    }

    /** The server reports a statement that waits for a lock at the deadline as interrupted, as after KILL QUERY. */
    private boolean isCausedByDeadline(DatabaseException failure) {
        var stopped = failure instanceof StatementTimeout
                || (failure instanceof TransientFailure other && other.kind() == TransientFailure.Kind.INTERRUPTED);
        // a failure without a cause is the deadline's already
        return stopped && failure.getCause() != null && deadline.isOver() && !health.isEndedByServer();
    }

    boolean isEnded() {
        return ended;
    }

    /** Refuses further statements. */
    void close() {
        ended = true;
    }

    /** Gives the connection back; further statements are refused. A second call does nothing. */
    void end() {
        close();
        if (isGivenBack) {
            return;
        }
        isGivenBack = true;
        if (guarded != null) {
            guarded.end();
        }
        if (health.isConnectionReusable() && (guarded == null || !guarded.isMarked())) {
            connections.giveBack(connection);
        } else {
            connections.discard(connection);
        }
    }

    /**
     * Asks the server about the transaction: the status in its answer says whether one is open. (The driver does not
     * read the status in the answer to a ping.)
     */
    private ServerState serverState() {
        try {
            statements.execute(prefix + "DO 0", get());
            var driver = ConnectorJ.behind(get());
            return driver != null && driver.isInTransaction() ? ServerState.OPEN : ServerState.ROLLED_BACK;
        } catch (DatabaseException e) {
            return e instanceof TransientFailure lost && lost.kind() == TransientFailure.Kind.CONNECTION_LOST
                    ? ServerState.CONNECTION_LOST
                    : ServerState.ROLLED_BACK; // without an answer, a commit could be half of the transaction
        } catch (SQLException e) {
            return ServerState.CONNECTION_LOST;
        }
    }
}
