package dev.rowan.internal.executor;

import dev.rowan.internal.statement.SqlCommand;

/** How large a write may be to be merged, and how many are merged into one statement. */
public final class MergeLimits {

    /** Rows of one write. More would make texts so long that the driver does not keep them prepared. */
    private static final int MOST_ROWS = 128;

    /** Characters of one write, for the same reason. */
    private static final int LONGEST_TEXT = 16_000;

    /** Bytes of one write, so that all together fit into a packet. */
    private static final int MOST_BYTES = 8_192;

    private MergeLimits() {}

    /** Says whether others may be written by one statement with this write. */
    public static boolean isSmall(SqlCommand<?> call) {
        return !call.binds().isCustom() && call.binds().bytes() <= MOST_BYTES;
    }

    /** Returns how many rows one statement writes of so many that wait: a power of two, so that few texts serve all. */
    public static int rows(int waiting, int columns) {
        var most = Math.clamp(LONGEST_TEXT / (4 * columns + 4), 1, MOST_ROWS);
        return Integer.highestOneBit(Math.min(waiting, most));
    }
}
