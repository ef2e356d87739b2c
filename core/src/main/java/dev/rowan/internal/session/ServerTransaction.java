package dev.rowan.internal.session;

/** The transaction of a session on the server: how it begins and ends. Not thread-safe. */
sealed interface ServerTransaction permits LocalTransaction, JoinedTransaction {

    void begin();

    void commit();

    /** Rolls back unless the server has done so, and counts the rollback unless the outcome is unknown. */
    void rollback(Throwable failure);

    /** Returns the prefix of its savepoints' names, which is unique within the transaction on the server. */
    String name();

    /** Returns whether this joins a transaction that was begun elsewhere: its owner commits and retries it. */
    boolean isJoined();

    /** Checks that Rowan commits this transaction. @throws IllegalStateException if its owner does */
    void requireCommit();

    /** Checks that this transaction cannot write. @throws IllegalStateException if it joins one that may write */
    void requireReadOnly();
}
