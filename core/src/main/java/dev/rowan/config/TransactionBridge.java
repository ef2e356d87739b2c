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
     * Returns whether the current thread has a transaction open, or a connection bound to it: its calls are not merged
     * with those of others.
     */
    boolean isBound();

    /**
     * Registers what is told of the end of the transaction that the current thread has open.
     *
     * @throws IllegalStateException if the thread has no transaction of the manager's open
     */
    void register(Participant participant);

    /**
     * What takes part in a transaction of the manager's. The thread of the transaction calls its methods, which do
     * nothing by default.
     */
    interface Participant {

        /** Is called before the commit, unless the transaction is marked for rollback. An exception prevents it. */
        default void beforeCommit() {}

        /** Is called after the commit. The caller of the manager receives an exception. */
        default void afterCommit() {}

        /** Is called after the transaction has ended, last of all. */
        default void afterCompletion(boolean isCommitted) {}

        /** Is called after the manager has set a savepoint. An exception prevents the part that begins with it. */
        default void savepoint(Object savepoint) {}

        /** Is called after the manager has rolled back to a savepoint, which may be older than the registration. */
        default void rolledBackTo(Object savepoint) {}
    }

    /** A transaction that the bridge has begun. One of its methods is called, once, by the thread that began it. */
    interface Begun {

        /** Commits the transaction. If that throws, the transaction has ended nevertheless. */
        void commit();

        /** Rolls the transaction back. */
        void rollback();
    }
}
