package dev.rowan;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.impl.DefaultConnectionProvider;

/** All of jOOQ, on Rowan's connections and with Rowan's errors. */
final class Dsl {

    private Dsl() {}

    /** Returns a DSL whose every statement borrows a connection, in autocommit. */
    static DSLContext over(Connections connections, Configuration configuration) {
        return with(new Borrowing(connections), configuration).dsl();
    }

    /** Returns a DSL on a session's connection; a transaction inside it is a savepoint. */
    static DSLContext over(Connection connection, Configuration configuration) {
        return with(new DefaultConnectionProvider(connection), configuration)
                .derive(new Savepoints(connection))
                .dsl();
    }

    private static Configuration with(ConnectionProvider connections, Configuration configuration) {
        return configuration.derive(connections).deriveAppending(new TypedErrors());
    }

    /** Borrows a connection for each statement. */
    private record Borrowing(Connections connections) implements ConnectionProvider {

        @Override
        public Connection acquire() {
            return connections.borrow();
        }

        @Override
        public void release(Connection connection) {
            connections.giveBack(connection);
        }
    }

    /** Logs each statement as the seam does, and types what it throws. */
    private static final class TypedErrors implements ExecuteListener {

        private static final String START = "rowan.start";

        @Override
        public void executeStart(ExecuteContext context) {
            context.data(START, System.nanoTime());
        }

        @Override
        public void executeEnd(ExecuteContext context) {
            var text = context.sql();
            if (text != null && context.data(START) instanceof Long start) Statements.log(text, start);
        }

        @Override
        public void exception(ExecuteContext context) {
            var failure = context.sqlException();
            if (failure != null) context.exception(Errors.typed(failure, Verb.RUN, null));
        }
    }

    /** Makes jOOQ's own transactions savepoints within the session's. */
    private static final class Savepoints implements TransactionProvider {

        private final Connection connection;
        private final Deque<Savepoint> savepoints = new ArrayDeque<>();

        Savepoints(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void begin(TransactionContext context) {
            run(() -> savepoints.push(connection.setSavepoint()));
        }

        @Override
        public void commit(TransactionContext context) {
            run(() -> connection.releaseSavepoint(savepoints.pop()));
        }

        @Override
        public void rollback(TransactionContext context) {
            run(() -> connection.rollback(savepoints.pop()));
        }

        private static void run(Step step) {
            try {
                step.run();
            } catch (SQLException e) {
                throw Errors.typed(e, Verb.RUN, null);
            }
        }

        private interface Step {
            void run() throws SQLException;
        }
    }
}
