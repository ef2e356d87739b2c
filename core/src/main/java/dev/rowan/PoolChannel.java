package dev.rowan;

import dev.rowan.error.CommitOutcomeUnknown;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connections of a database: one for each statement in autocommit, or for each transaction. Thread-safe. */
final class PoolChannel implements Channel {

    /** The work of a transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        T run(SessionChannel channel) throws X;
    }

    private final Connections connections;
    private final Statements statements;

    PoolChannel(Connections connections, Statements statements) {
        this.connections = connections;
        this.statements = statements;
    }

    @Override
    public Statements statements() {
        return statements;
    }

    @Override
    public <T> T run(Call<T> call) {
        var connection = connections.borrow();
        try {
            return statements.run(call, connection);
        } finally {
            connections.giveBack(connection);
        }
    }

    @Override
    public <T> T atomically(Function<Channel, T> work) {
        return transaction(work::apply);
    }

    /** Runs the work in a transaction: committed when it returns, rolled back when it throws. */
    <T extends @Nullable Object, X extends Exception> T transaction(Work<T, X> work) throws X {
        var connection = connections.borrow();
        try {
            return transaction(work, connection);
        } finally {
            connections.giveBack(connection);
        }
    }

    private <T extends @Nullable Object, X extends Exception> T transaction(Work<T, X> work, Connection connection)
            throws X {
        setAutoCommit(connection, false);
        var channel = new SessionChannel(statements, connection);
        T result;
        try {
            result = work.run(channel);
        } catch (Throwable failure) {
            channel.end();
            rollback(connection, failure);
            throw failure;
        }
        channel.end();
        commit(connection);
        return result;
    }

    private static void setAutoCommit(Connection connection, boolean on) {
        try {
            connection.setAutoCommit(on);
        } catch (SQLException e) {
            throw Errors.typed(e, Verb.RUN, null);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Errors.isConnectionLost(e))
                throw new CommitOutcomeUnknown(
                        "The connection was lost during COMMIT: the transaction may have been committed, or not."
                                + " Look for what it wrote before you run it again.",
                        e);
            throw Errors.typed(e, Verb.RUN, null);
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(Errors.typed(e, Verb.RUN, null));
        }
    }
}
