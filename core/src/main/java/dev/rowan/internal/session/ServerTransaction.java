package dev.rowan.internal.session;

/** The transaction of a session on the server: how it begins and ends. Not thread-safe. */
public sealed interface ServerTransaction
        permits LocalTransaction, BridgedTransaction, JoinedTransaction, ExternalTransaction {

    void begin();

    void commit();

    /** Rolls back unless the server has done so, and counts the rollback unless the outcome is unknown. */
    void rollback(Throwable failure);

    /** Returns the prefix of its savepoints' names, which is unique within the transaction on the server. */
    String name();

    /** Returns whether this joins a transaction that was begun elsewhere: its owner commits and retries it. */
    boolean isJoined();

    /** Returns whether all calls of the thread use its connection, also those that are not bound to the session. */
    boolean isShared();

    /** Checks that Rowan learns of the commit. @throws IllegalStateException if only its owner does */
    void requireCommit();

    /** Checks that this transaction cannot write. @throws IllegalStateException if it joins one that may write */
    void requireReadOnly();
}
