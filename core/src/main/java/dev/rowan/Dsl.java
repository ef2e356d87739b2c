package dev.rowan;

import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Isolation;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/** All of jOOQ, on Rowan's connections and with Rowan's errors. */
final class Dsl {

    private Dsl() {}

    /** Returns a DSL whose every statement borrows a connection, in autocommit. */
    static DSLContext over(Connections connections, PoolChannel channel) {
        var watched = watched(channel.statements());
        return watched.derive(new Borrowing(connections))
                .derive(new Transactions(channel, watched))
                .deriveAppending(new InAutocommit())
                .dsl();
    }

    /** Returns a DSL within a session; a transaction inside it is a savepoint. */
    static DSLContext over(SessionChannel session) {
        return new SessionDsl(session).within(watched(session.statements())).dsl();
    }

    private static Configuration watched(Statements statements) {
        return statements.configuration().deriveAppending(new DslListener(statements.watch()));
    }

    /** Borrows a connection for each statement. */
    private record Borrowing(Connections connections) implements ConnectionProvider {

        @Override
        public Connection acquire() {
            var connection = connections.borrow();
            var lent = connections.isJoined(connection)
                    ? LentConnection.withinTransaction(connection)
                    : LentConnection.of(connection);
            return lent.connection();
        }

        @Override
        public void release(Connection connection) {
            LentConnection.behind(connection).giveBackTo(connections);
        }
    }

    /** Says so when nobody knows whether a write was done. */
    private static final class InAutocommit implements ExecuteListener {

        private static final String JOINED = "rowan.joined";

        @Override
        public void prepareStart(ExecuteContext context) {
            try {
                context.data(JOINED, !context.connection().getAutoCommit());
            } catch (SQLException e) {
                throw Errors.typed(e, Verb.RUN, null);
            }
        }

        @Override
        public void exception(ExecuteContext context) {
            if (context.exception() instanceof TransientFailure failure
                    && failure.kind() == Kind.CONNECTION_LOST
                    && !Boolean.TRUE.equals(context.data(JOINED))
                    && !SqlText.reads(Objects.requireNonNullElse(context.sql(), ""))) {
                context.exception(PoolChannel.unknownOutcome(failure));
            }
        }
    }

    /** Makes each of jOOQ's own transactions a session, run once. */
    private record Transactions(PoolChannel channel, Configuration watched) implements TransactionProvider {

        @Override
        public void begin(TransactionContext context) {
            var options = TransactionOptions.standard();
            for (var property : context.properties()) {
                if (!(property instanceof Isolation isolation)) {
                    throw new IllegalStateException("Of a transaction's properties, this takes its isolation alone."
                            + " Use database.transaction(…) or database.read(…).");
                }
                options = options.withIsolation(isolation);
            }
            var session = channel.session(options, false);
            context.transaction(session);
            session.begin();
            var within = new SessionDsl(session).within(watched);
            context.configuration()
                    .set(within.connectionProvider())
                    .set(within.transactionProvider())
                    .set(within.executeListenerProviders());
        }

        @Override
        public void commit(TransactionContext context) {
            if (context.transaction() instanceof SessionChannel session) {
                session.commit();
                session.end();
            }
        }

        @Override
        public void rollback(TransactionContext context) {
            if (context.transaction() instanceof SessionChannel session) {
                session.rollback(Objects.requireNonNull(context.causeThrowable()));
                session.end();
            }
        }
    }
}
