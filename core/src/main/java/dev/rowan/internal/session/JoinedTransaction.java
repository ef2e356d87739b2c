package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Isolation;

/** A savepoint in a transaction that was begun outside Rowan, which commits it or rolls it back. */
public final class JoinedTransaction implements ServerTransaction {

    private final TransactionConnection connection;
    private final Optional<Isolation> isolation;
    private final boolean isBridged;
    private final String name = "rowan_" + UUID.randomUUID().toString().replace('-', '_');
    private boolean begun;

    /**
     * Makes the savepoint.
     *
     * @param isBridged whether a bridge tells of the owner's commit
     */
    public JoinedTransaction(TransactionConnection connection, Optional<Isolation> isolation, boolean isBridged) {
        this.connection = connection;
        this.isolation = isolation;
        this.isBridged = isBridged;
    }

    @Override
    public void begin() {
        if (isolation.isPresent()) {
            throw new IllegalStateException("This joins a transaction that was begun elsewhere, whose isolation level"
                    + " cannot change any more. Set it where that transaction begins.");
        }
        connection.requireOwnersOpen();
        connection.execute("SAVEPOINT " + name);
        begun = true;
    }

    @Override
    public void commit() {
        connection.execute("RELEASE SAVEPOINT " + name);
    }

    @Override
    public void rollback(Throwable failure) {
        if (begun && !connection.health().isEndedByServer()) {
            try {
                connection.execute("ROLLBACK TO SAVEPOINT " + name);
            } catch (DatabaseException e) {
                connection.doom(e);
                throw e;
            }
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
    public boolean isShared() {
        return true;
    }

    @Override
    public void requireCommit() {
        if (!isBridged) {
            throw new IllegalStateException("This joins a transaction that was begun elsewhere, and Rowan does not"
                    + " learn of its commit. Register the action there: with Spring, by"
                    + " TransactionSynchronizationManager.registerSynchronization(…). Or open the database with a"
                    + " TransactionBridge.");
        }
    }

    @Override
    public void requireReadOnly() {
        if (!connection.isReadOnly()) {
            throw new IllegalStateException("This joins a transaction that was begun elsewhere and may write."
                    + " Use transactionResult(…) here, or begin that transaction as read-only.");
        }
    }
}
