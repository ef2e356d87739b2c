package dev.rowan.internal.pool;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jooq.Configuration;
import org.jooq.ConnectionCallable;
import org.jooq.ConnectionRunnable;
import org.jooq.TransactionProperty;
import org.jooq.TransactionalCallable;
import org.jooq.impl.DefaultDSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A DSL that throws Rowan's errors also for the statements that its user runs on the JDBC connection. jOOQ tells its
 * listeners nothing of them, and would throw the driver's exception, whose text may quote values, as a cause.
 */
final class TypedDsl extends DefaultDSLContext {

    private static final long serialVersionUID = 1;

    /** Receives a failure, and returns what is thrown. */
    private final transient UnaryOperator<DatabaseException> failed;

    /** Receives the failure of a transaction, and returns what is thrown. */
    private final transient UnaryOperator<DatabaseException> transactionFailed;

    TypedDsl(
            Configuration configuration,
            UnaryOperator<DatabaseException> failed,
            UnaryOperator<DatabaseException> transactionFailed) {
        super(configuration);
        this.failed = failed;
        this.transactionFailed = transactionFailed;
    }

    @Override
    public <T extends @Nullable Object> T transactionResult(TransactionalCallable<T> work) {
        return transactionResult(work, new TransactionProperty[0]);
    }

    @Override
    public <T extends @Nullable Object> T transactionResult(
            TransactionalCallable<T> work, TransactionProperty... properties) {
        try {
            return super.transactionResult(work, properties);
        } catch (DatabaseException e) {
            throw transactionFailed.apply(e);
        }
    }

    @Override
    public void connection(ConnectionRunnable work) {
        this.<@Nullable Void>connectionResult(connection -> {
            work.run(connection);
            return null;
        });
    }

    @Override
    public <T extends @Nullable Object> T connectionResult(ConnectionCallable<T> work) {
        return super.connectionResult(connection -> {
            try {
                return work.run(connection);
            } catch (SQLException e) {
                throw failed.apply(SqlExceptionTranslator.typed(e, StatementKind.RUN, null));
            }
        });
    }
}
