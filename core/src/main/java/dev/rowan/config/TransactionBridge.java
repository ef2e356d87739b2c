package dev.rowan.config;

import java.util.Optional;

/**
 * Lets another transaction manager, such as Spring's, begin and end Rowan's transactions. Services that join the
 * manager's transactions then take part in {@link dev.rowan.Database#transaction} when they are called in its body:
 * they use its connection.
 *
 * <p>The manager binds a transaction to a thread, and the DataSource of {@link dev.rowan.Database#over} returns the
 * connection of the thread's transaction, with autocommit off. Implementations are thread-safe.
 *
 * @see DataSourceOptions#withTransactions
 */
public interface TransactionBridge {

    /**
     * Begins a transaction of the current thread, unless it has one open: then the call becomes a savepoint in it.
     *
     * @param options its name, isolation level and timeout, for the manager; Rowan keeps the timeout of its own
     *     statements, and retries
     * @param readOnly whether the server is to refuse writes
     * @return the transaction, or empty if the thread has one open
     */
    Optional<Begun> begin(TransactionOptions options, boolean readOnly);

    /**
     * Registers an action to run after the commit of the transaction that the current thread has open, and that Rowan
     * did not begin. It is dropped if that transaction is rolled back.
     */
    void afterCommit(Runnable action);

    /** A transaction that the bridge has begun. One of its methods is called, once, by the thread that began it. */
    interface Begun {

        /** Commits the transaction. If that throws, the transaction has ended nevertheless. */
        void commit();

        /** Rolls the transaction back. */
        void rollback();
    }
}
