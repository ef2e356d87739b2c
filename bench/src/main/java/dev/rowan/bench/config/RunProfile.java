package dev.rowan.bench;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param rounds how often a contestant has its turn in a measure, after its heat
 * @param leastRounds how often at least, when the time is up
 * @param time how long the run may take before it is up, shared out evenly among its measures
 * @param warmUp how long a contestant calls unmeasured before its heat counts, and again before its first round
 * @param together how long many threads go on in a turn, at least
 * @param share the part of a measure's calls that are made in a turn
 * @param pages how many pages there are to turn
 * @param finalists how many go on after their heat
 */
record Effort(
        int rounds,
        int leastRounds,
        Duration time,
        Duration warmUp,
        Duration together,
        double share,
        int pages,
        int finalists) {

    /** For figures that are published: an hour or two. */
    static final Effort FULL = new Effort(
            11,
            5,
            Duration.ofMinutes(90),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(2),
            1,
            1_000_000,
            Integer.MAX_VALUE);

    /** Less than ten minutes, on a machine that does nothing else. */
    static final Effort QUICK =
            new Effort(9, 3, Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofMillis(400), 0.08, 100_000, 5);

    /** A proof that everybody can do everything. */
    static final Effort ONCE = new Effort(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.0005, 200, 0);

    /** Says whether the figures are meant to be read. */
    boolean isTimed() {
        return rounds > 0;
    }

    /** Returns this with no more pages than there have to be. */
    Effort withoutPages() {
        return new Effort(rounds, leastRounds, time, warmUp, together, share, ONCE.pages, finalists);
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
