package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.GuardedConnection;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connection of a transaction, until it is given back, and what failures did to both. Not thread-safe. */
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

    /**
     * Borrows one.
     *
     * @param name of the transaction, which a comment before each statement gives
     */
    public TransactionConnection(
            ConnectionSource connections, StatementExecutor statements, Optional<String> name, Deadline deadline) {
        this.connections = connections;
        this.connection = connections.borrow();
        this.statements = statements;
        this.prefix = name.map(text -> "/* " + text + " */ ").orElse("");
        this.deadline = deadline;
    }

    TransactionHealth health() {
        return health;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Returns what is put before the text of each statement. */
    String prefix() {
        return prefix;
    }

    /** Says whether it is within a transaction of somebody else's, for them to end. */
    public boolean isJoined() {
        return connections.isJoined(connection);
    }

    /**
     * Makes sure that it can take a statement.
     *
     * @throws IllegalStateException after the end of the transaction
     * @throws TransientFailure if the server has ended it
     * @throws StatementTimeout if its time is over
     */
    void check() {
        health.check();
        get();
        deadline.check();
    }

    /** @throws IllegalStateException after the end of the transaction */
    Connection get() {
        if (ended) {
            throw new IllegalStateException(
                    "The session's transaction has ended. Use the session inside the body that it was given to.");
        }
        return connection;
    }

    /** Returns the connection for jOOQ, which is watched for what may stay on it. */
    Connection guarded() {
        if (guarded == null) {
            guarded = GuardedConnection.withinTransaction(get());
        }
        return guarded.connection();
    }

    <T> T run(SqlCommand<T> call) {
        try {
            return statements.run(call.within(prefix, deadline.seconds()), get());
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    /** Runs a text that begins or ends the transaction, or a part of it. */
    void execute(String text) {
        try {
            statements.execute(prefix + text, get());
        } catch (DatabaseException failure) {
            throw failed(failure);
        }
    }

    /** Takes note of what a failure did, and returns it in the words that fit the transaction. */
    DatabaseException failed(DatabaseException failure) {
        health.note(failure, this::isAlive);
        return isByDeadline(failure) ? deadline.passed(failure) : failure;
    }

    /** A statement that waits for a lock when its time is over is interrupted, as if by somebody else. */
    private boolean isByDeadline(DatabaseException failure) {
        var stopped = failure instanceof StatementTimeout
                || (failure instanceof TransientFailure passing && passing.kind() == TransientFailure.Kind.INTERRUPTED);
        // what has no cause is the deadline's own already
        return stopped && failure.getCause() != null && deadline.isOver() && !health.isDoomed();
    }

    boolean isEnded() {
        return ended;
    }

    /** Gives the connection back, once; nothing can be done on it from now on. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (guarded != null) {
            guarded.end();
        }
        if (health.isSpoiled() || (guarded != null && guarded.isMarked())) {
            connections.discard(connection);
        } else {
            connections.giveBack(connection);
        }
    }

    private boolean isAlive() {
        try {
            return get().isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
