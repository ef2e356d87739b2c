package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;

/** The limits of merged writes: the size of a single write, and the number of writes in one statement. */
public final class MergeLimits {

    /**
     * The most rows of a statement. With more, its text would be too long for the driver's cache of prepared
     * statements.
     */
    private static final int MOST_ROWS = 128;

    /** The most characters of a statement, for the same reason. */
    private static final int LONGEST_TEXT = 16_000;

    /** The most bytes of a single write, so that those of a statement fit into a packet. */
    private static final int MOST_BYTES = 8_192;

    private MergeLimits() {}

    /** Returns whether a write is small enough to be merged. */
    public static boolean isSmall(SqlCommand<?> call) {
        return !call.binds().isCustom() && call.binds().bytes() <= MOST_BYTES;
    }

    /**
     * Returns the number of waiting rows that one statement writes: a power of two, so that there are few statements.
     */
    public static int rows(int waiting, int columns) {
        var most = Math.clamp(LONGEST_TEXT / (4 * columns + 4), 1, MOST_ROWS);
        return Integer.highestOneBit(Math.min(waiting, most));
    }
}
