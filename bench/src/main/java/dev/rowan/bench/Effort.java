package dev.rowan.bench;

import java.time.Duration;

/**
 * How much is done for a figure.
 *
 * @param rounds how often each contestant has its turn in a measure
 * @param leastRounds how often at least, when the time is up
 * @param time how long a measure may take before it is up
 * @param warmups how often the work is done unmeasured before a contestant's first turn
 * @param share the part of a measure's calls that are made in a turn
 * @param pages how many pages there are to turn
 */
record Effort(int rounds, int leastRounds, Duration time, int warmups, double share, int pages) {

    /** For figures that are published: an hour or two. */
    static final Effort FULL = new Effort(11, 7, Duration.ofMinutes(15), 10, 1, 1_000_000);

    /** Less than ten minutes, on a machine that does nothing else. */
    static final Effort QUICK = new Effort(5, 3, Duration.ofSeconds(20), 12, 0.2, 100_000);

    /** A proof that everybody can do everything. */
    static final Effort ONCE = new Effort(1, 1, Duration.ofDays(1), 0, 0.0005, 200);

    /** Says whether the figures are meant to be read. */
    boolean isTimed() {
        return rounds > 1;
    }

    /** Returns this with no more pages than there have to be. */
    Effort withoutPages() {
        return new Effort(rounds, leastRounds, time, warmups, share, ONCE.pages);
    }

    /** Returns how many calls a turn makes in this measure. */
    int calls(Measure measure) {
        return Math.max(2, (int) (measure.calls() * share));
    }

    /** Returns how often the work is done unmeasured before a turn; what is much at once makes the JVM warm sooner. */
    int warmups(Measure measure, int round) {
        if (round > 0) return 0;
        if (measure.unit() == Unit.ROWS) return Math.min(2, warmups);
        return measure.isOneVolley() || measure == Measure.OPEN ? Math.min(4, warmups) : warmups;
    }

    /** Says whether there is another round, counted from 0, when the measure has taken so long. */
    boolean hasRound(int round, Duration taken) {
        return round < leastRounds || (round < rounds && taken.compareTo(time) < 0);
    }
}
