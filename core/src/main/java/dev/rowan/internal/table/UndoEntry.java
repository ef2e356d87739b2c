package dev.rowan.internal.table;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An action that undoes one change of a record. Immutable.
 *
 * @param change the action
 * @param number the position of the change among all changes and marks of this process. A reference between records is
 *     set outside any transaction's knowledge; the number tells whether that was before or after a transaction began.
 */
public record UndoEntry(Runnable change, long number) {

    /** Counts the changes and marks of the process: their order is exact, which that of clock readings is not. */
    private static final AtomicLong LAST = new AtomicLong();

    /** Makes the undo of a change that is made now. */
    UndoEntry(Runnable change) {
        this(change, LAST.incrementAndGet());
    }

    /** Returns a mark that separates the changes made before now from those made later. */
    public static long mark() {
        return LAST.incrementAndGet();
    }

    /** Returns whether the change was made after the mark was set. */
    boolean isSince(long mark) {
        return number > mark;
    }
}
