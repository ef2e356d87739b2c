package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.connection.SqlClassifier;
import dev.rowan.internal.failure.StatementSubject;
import dev.rowan.internal.statement.CodeComments;
import java.sql.Connection;
import java.util.Objects;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;

/**
 * Runs jOOQ's statements in a session: gives them its connection and its comment, and makes their
 * transactions savepoints. Not thread-safe.
 */
public record SessionDsl(SessionExecutor session) implements ConnectionProvider, ExecuteListener, TransactionProvider {

    /** Returns the configuration with this session's providers and listener. */
    public Configuration within(Configuration configuration) {
        return configuration
                .derive((ConnectionProvider) this)
                .set((TransactionProvider) this)
                .setAppending(new DefaultExecuteListenerProvider(this));
    }

    @Override
    public Connection acquire() {
        return session.guarded();
    }

    /** Does nothing: the session keeps its connection until it ends. */
    @Override
    public void release(Connection connection) {}

    @Override
    public void renderEnd(ExecuteContext context) {
        CodeComments.prepend(session.connection().prefix(), context);
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        if (!SqlClassifier.reads(Objects.requireNonNullElse(context.sql(), ""))) {
            session.tracker().afterWrite(StatementSubject.of(context).tables());
        }
    }

    @Override
    public void exception(ExecuteContext context) {
        if (context.exception() instanceof DatabaseException failure) {
            context.exception(session.connection().failed(failure));
        }
    }

    @Override
    public void begin(TransactionContext context) {
        if (!context.properties().isEmpty()) {
            throw new IllegalStateException(
                    "A jOOQ transaction within a session is a savepoint and cannot have an isolation level or access"
                            + " mode. Pass them to database.transaction(…) in TransactionOptions.");
        }
        context.transaction(session.savepoint(true));
    }

    @Override
    public void commit(TransactionContext context) {
        if (context.transaction() instanceof SavepointStack.Savepoint savepoint) {
            session.flushWithoutSavepoint();
            session.release(savepoint);
        }
    }

    @Override
    public void rollback(TransactionContext context) {
        if (context.transaction() instanceof SavepointStack.Savepoint savepoint) {
            session.rollbackTo(savepoint);
        }
    }
}
