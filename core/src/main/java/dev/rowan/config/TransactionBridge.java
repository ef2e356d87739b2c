package dev.rowan.config;

import java.util.Optional;

/**
 * Begins Rowan's transactions by a transaction manager of other code's, such as Spring's, so that the other code takes
 * part in them: a service that joins the manager's transactions uses the connection of {@link
 * dev.rowan.Database#transaction} when it is called in its body.
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
