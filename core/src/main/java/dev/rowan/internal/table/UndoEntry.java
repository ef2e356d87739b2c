package dev.rowan.internal.table;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An action that undoes one change of a record.
 *
 * @param change the action
 * @param number the place of the change among all changes and marks of this process: a tie between records does not know
 *     its transaction, but it comes before or after the mark that the transaction set when it began
 */
public record UndoEntry(Runnable change, long number) {

    /** Counts the changes and marks of the process: their order is exact, which that of a clock's readings is not. */
    private static final AtomicLong LAST = new AtomicLong();

    /** Makes the undo of a change that is made now. */
    UndoEntry(Runnable change) {
        this(change, LAST.incrementAndGet());
    }

    /** Returns a mark that tells the changes made before now from those made later. */
    public static long mark() {
        return LAST.incrementAndGet();
    }

    /** Returns whether the change was made after the mark was set. */
    boolean isSince(long mark) {
        return number > mark;
    }
}
