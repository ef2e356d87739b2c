package dev.rowan.internal.table;

import org.jooq.SelectQuery;

/**
 * The lock that a query takes on the rows it reads, until its transaction ends.
 *
 * @param shared whether other transactions may take a shared lock on the rows too
 * @param held what to do about rows that another transaction has locked
 */
public record LockMode(boolean shared, Held held) {

    /** What to do about a row that another transaction has locked. */
    public enum Held {
        /** Wait for the lock. */
        WAIT,
        /** Leave the row out. */
        SKIP,
        /** Fail at once. */
        FAIL
    }

    /** Returns this lock with another behaviour for rows that are locked. */
    public LockMode when(Held other) {
        return new LockMode(shared, other);
    }

    /** Adds this lock to a query. */
    public void on(SelectQuery<?> query) {
        if (shared) {
            query.setForShare(true);
        } else {
            query.setForUpdate(true);
        }
        switch (held) {
            case WAIT -> {}
            case SKIP -> query.setForLockModeSkipLocked();
            case FAIL -> query.setForLockModeNoWait();
        }
    }
}
