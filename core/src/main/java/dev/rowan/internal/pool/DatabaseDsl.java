package dev.rowan.internal.pool;

import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.GuardedConnection;
import dev.rowan.internal.connection.SqlClassifier;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.failure.UnknownOutcome;
import dev.rowan.internal.session.SessionDsl;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.statement.DslListener;
import dev.rowan.internal.statement.StatementExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Isolation;
import org.jooq.Transaction;
import org.jooq.TransactionContext;
import org.jooq.TransactionListener;
import org.jooq.TransactionProvider;

/** Makes jOOQ's DSL run on Rowan's connections and throw Rowan's errors. */
public final class DatabaseDsl {

    private DatabaseDsl() {}

    /** Returns a DSL that runs each statement in autocommit, on a connection of its own. */
    public static DSLContext over(ConnectionSource connections, DatabaseExecutor executor) {
        var configuration = monitored(executor.statements());
        return new TypedDsl(
                configuration
                        .derive(new Borrowing(connections))
                        .derive(new Transactions(executor, configuration))
                        .deriveAppending(new AfterCommit())
                        .deriveAppending(new InAutocommit(executor)),
                executor::explained,
                executor::explained);
    }

    /** Returns a DSL that runs in a session's transaction; a jOOQ transaction inside it is a savepoint. */
    public static DSLContext over(SessionExecutor session) {
        var configuration = new SessionDsl(session).within(monitored(session.statements()));
        return new TypedDsl(configuration, session::failed, UnaryOperator.identity());
    }

    private static Configuration monitored(StatementExecutor statements) {
        return statements
                .configuration()
                .deriveAppending(new DslListener(statements.monitor(), statements.watch(), statements.comments()));
    }

    /** Borrows a connection for each statement. */
    private record Borrowing(ConnectionSource connections) implements ConnectionProvider {

        @Override
        public Connection acquire() {
            var connection = connections.borrow();
            DatabaseExecutor.requireOpen(connection, connections);
            var guarded = connections.isJoined(connection)
                    ? GuardedConnection.withinTransaction(
                            connection, failure -> connections.failed(connection, failure))
                    : GuardedConnection.of(connection);
            return guarded.connection();
        }

        @Override
        public void release(Connection connection) {
            GuardedConnection.behind(connection).giveBackTo(connections);
        }
    }

    /**
     * Throws CommitOutcomeUnknown for a write in autocommit that lost its connection, and explains a wait for a lock of
     * the thread's own transaction.
     */
    private record InAutocommit(DatabaseExecutor executor) implements ExecuteListener {

        private static final String JOINED = "rowan.joined";

        @Override
        public void prepareStart(ExecuteContext context) {
            try {
                context.data(JOINED, !context.connection().getAutoCommit());
            } catch (SQLException e) {
                throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
            }
        }

        @Override
        public void exception(ExecuteContext context) {
            if (context.exception() instanceof TransientFailure failure
                    && failure.kind() == Kind.CONNECTION_LOST
                    && !Boolean.TRUE.equals(context.data(JOINED))
                    && !SqlClassifier.reads(Objects.requireNonNullElse(context.sql(), ""))) {
                context.exception(UnknownOutcome.ofWrite(failure));
            } else if (context.exception() instanceof DatabaseException failure) {
                context.exception(executor.explained(failure));
            }
        }
    }

    /** A transaction of jOOQ's, which is a session. */
    private record SessionTransaction(SessionExecutor session, SessionScope scope, TransactionObservation observation)
            implements Transaction {}

    /** Runs the actions after the commit of a session where jOOQ takes it for committed. */
    private record AfterCommit() implements TransactionListener {

        @Override
        public void commitEnd(TransactionContext context) {
            if (context.transaction() instanceof SessionTransaction transaction
                    && Boolean.TRUE.equals(context.data(Transactions.COMMITTED))) {
                transaction.session().afterCommit().run();
            }
        }
    }

    /** Runs each jOOQ transaction as a session, without retries. */
    private record Transactions(DatabaseExecutor executor, Configuration configuration) implements TransactionProvider {

        private static final String COMMITTED = "rowan.committed";

        @Override
        public void begin(TransactionContext context) {
            var options = TransactionOptions.standard();
            for (var property : context.properties()) {
                if (!(property instanceof Isolation isolation)) {
                    throw new IllegalStateException("The only property that a jOOQ transaction may have here is its"
                            + " isolation level. Use database.transaction(…) or database.read(…) with"
                            + " TransactionOptions for others.");
                }
                options = options.withIsolation(isolation);
            }
            var session = executor.session(options, false);
            var observation = new TransactionObservation(executor.statements().monitor(), options, false);
            var transaction = new SessionTransaction(session, executor.scope(session, false), observation);
            context.transaction(transaction);
            observation.begins(session);
            transaction.scope().begin();
            session.track(options.autoFlush());
            var within = new SessionDsl(session).within(configuration);
            context.configuration()
                    .set(within.connectionProvider())
                    .set(within.transactionProvider())
                    .set(within.executeListenerProviders());
        }

        @Override
        public void commit(TransactionContext context) {
            if (context.transaction() instanceof SessionTransaction transaction) {
                transaction.scope().commit(executor::afterOuterCommit);
                transaction.scope().end();
                transaction.observation().committed();
                context.data(COMMITTED, true);
            }
        }

        @Override
        public void rollback(TransactionContext context) {
            if (context.transaction() instanceof SessionTransaction transaction) {
                var cause = Objects.requireNonNull(context.causeThrowable());
                try {
                    transaction.scope().rollback(cause);
                } finally {
                    transaction.scope().end();
                    transaction.observation().failed(cause);
                }
            }
        }
    }
}
