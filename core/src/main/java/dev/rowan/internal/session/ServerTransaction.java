package dev.rowan.internal.session;

/** The transaction of a session on the server: how it begins and ends, and what that allows. Not thread-safe. */
sealed interface ServerTransaction permits LocalTransaction, JoinedTransaction {

    void begin();

    void commit();

    /** Undoes what was done, if the server has not; counted as one, but for a failure that leaves open what happened. */
    void rollback(Throwable failure);

    /** Returns what the names of its savepoints begin with, which no other part of the same transaction has. */
    String name();

    /** Says whether it is a part of a transaction of somebody else's: for them to commit, and to run again. */
    boolean isJoined();

    /** Refuses what waits for a commit. @throws IllegalStateException if that is not seen here */
    void requireCommit();

    /** Refuses to be for reads alone. @throws IllegalStateException if it is a part of a transaction that may write */
    void requireReadOnly();
}
