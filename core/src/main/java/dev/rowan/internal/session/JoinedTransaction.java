package dev.rowan.internal.session;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Isolation;

/** A part, under a savepoint, of a transaction of somebody else's. */
public final class JoinedTransaction implements ServerTransaction {

    private final TransactionConnection connection;
    private final Optional<Isolation> isolation;
    private final String name = "rowan_" + UUID.randomUUID().toString().replace('-', '_');
    private boolean begun;

    public JoinedTransaction(TransactionConnection connection, Optional<Isolation> isolation) {
        this.connection = connection;
        this.isolation = isolation;
    }

    @Override
    public void begin() {
        if (isolation.isPresent()) {
            throw new IllegalStateException("This is within a transaction that was begun elsewhere, whose isolation"
                    + " stands. Set it where that transaction is begun.");
        }
        connection.execute("SAVEPOINT " + name);
        begun = true;
    }

    @Override
    public void commit() {
        connection.execute("RELEASE SAVEPOINT " + name);
    }

    @Override
    public void rollback(Throwable failure) {
        if (begun && !connection.health().isDoomed()) {
            connection.execute("ROLLBACK TO SAVEPOINT " + name);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isJoined() {
        return true;
    }

    @Override
    public void requireCommit() {
        throw new IllegalStateException("This is within a transaction that was begun elsewhere, whose commit is"
                + " not seen here. Register the action there: with Spring, by"
                + " TransactionSynchronizationManager.registerSynchronization(…).");
    }

    @Override
    public void requireReadOnly() {
        try {
            if (!connection.get().isReadOnly()) {
                throw new IllegalStateException("This is within a transaction that was begun elsewhere and may write."
                        + " Use transactionResult(…) here, or begin that transaction as read-only.");
            }
        } catch (SQLException e) {
            throw connection.failed(SqlExceptionTranslator.typed(e, StatementKind.RUN, null));
        }
    }
}
