package dev.rowan.internal.table;

import org.jooq.SelectQuery;

/**
 * How a query locks the rows that it reads, for as long as its transaction lasts.
 *
 * @param shared whether others may lock the rows to read them too
 */
public record LockMode(boolean shared, Held held) {

    /** What to do about a row that another transaction holds. */
    public enum Held {
        WAIT,
        SKIP,
        FAIL
    }

    public LockMode when(Held other) {
        return new LockMode(shared, other);
    }

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
