package dev.rowan.bench;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param rounds how often a contestant has its turn in a measure
 * @param leastRounds how often at least, when the time is up
 * @param time how long the run may take before it is up, shared out evenly among its measures
 * @param warmUp how long a contestant works unmeasured before its first turn in a measure, at least
 * @param share the part of a measure's calls that are made in a turn
 * @param pages how many pages there are to turn
 * @param behind how many times as much as the best peer a peer may need and still have another turn
 */
record Effort(int rounds, int leastRounds, Duration time, Duration warmUp, double share, int pages, double behind) {

    /** For figures that are published: an hour or two. */
    static final Effort FULL =
            new Effort(11, 5, Duration.ofMinutes(90), Duration.ofSeconds(5), 1, 1_000_000, Double.POSITIVE_INFINITY);

    /** Less than ten minutes, on a machine that does nothing else; who is far behind has one turn in a measure. */
    static final Effort QUICK = new Effort(9, 3, Duration.ofMinutes(6), Duration.ofSeconds(1), 0.15, 100_000, 2);

    /** A proof that everybody can do everything. */
    static final Effort ONCE = new Effort(1, 1, Duration.ofDays(1), Duration.ZERO, 0.0005, 200, 1);

    /** Says whether the figures are meant to be read. */
    boolean isTimed() {
        return rounds > 1;
    }

    /** Returns this with no more pages than there have to be. */
    Effort withoutPages() {
        return new Effort(rounds, leastRounds, time, warmUp, share, ONCE.pages, behind);
    }

    /** Returns how many calls a turn makes in this measure. */
    int calls(Measure measure) {
        return Math.max(2, (int) (measure.calls() * share));
    }

    /** Says whether there is another round, counted from 0. */
    boolean hasRound(int round, boolean timeIsUp) {
        return round < leastRounds || (round < rounds && !timeIsUp);
    }
}
