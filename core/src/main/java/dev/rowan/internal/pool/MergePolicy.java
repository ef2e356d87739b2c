package dev.rowan.internal.pool;

/**
 * Decides whether one more statement of a {@link CallMerger} may start now. Immutable.
 *
 * <p>The first statement starts at once, so a lone call is never delayed. While statements are in flight, another one
 * starts only if
 *
 * <ul>
 *   <li>fewer than the permitted number of statements are in flight,
 *   <li>no leader is about to collect the queue: the waiting calls belong to that leader's statement, and
 *   <li>the waiting calls are at least a third of all calls, waiting or in flight. A smaller share would make many
 *       small statements; a few milliseconds later the same calls share one large statement.
 * </ul>
 *
 * @param slots how many statements may be in flight at the same time
 */
record MergePolicy(int slots) {

    /** The waiting calls must be at least one part in this many of all calls. */
    private static final int SHARE = 3;

    /**
     * Returns whether one more statement may start.
     *
     * @param waiting how many calls wait and would be part of the statement
     * @param statements how many statements are in flight, including those whose leader still collects
     * @param collecting how many leaders have not yet collected the calls of their statement
     * @param followers how many calls are in flight in a statement that another call leads
     */
    boolean allowsStart(int waiting, int statements, int collecting, int followers) {
        if (statements == 0) {
            return true;
        }
        var callsInFlight = statements + followers; // each statement has one leader
        return statements < slots && collecting == 0 && SHARE * waiting >= waiting + callsInFlight;
    }
}
