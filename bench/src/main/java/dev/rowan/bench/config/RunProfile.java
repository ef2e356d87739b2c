package dev.rowan.bench.config;

import java.time.Duration;

/**
 * How thoroughly a run measures.
 *
 * @param maxRounds the number of measured rounds, if the time suffices
 * @param minRounds the number of measured rounds that run even after the time is up
 * @param timeBudget the time for the whole run, divided evenly among its measures
 * @param warmUpTime how long a contestant warms up before its qualifying iteration counts, and again before round 1
 * @param minLoadTime the minimum duration of the load in an iteration with concurrent callers
 * @param callShare the fraction of a measure's calls that an iteration makes
 * @param customerPages the number of pages of customers in the dataset
 * @param maxFinalists the number of contestants that proceed from the qualifying iterations to the rounds
 */
public record RunProfile(
        int maxRounds,
        int minRounds,
        Duration timeBudget,
        Duration warmUpTime,
        Duration minLoadTime,
        double callShare,
        int customerPages,
        int maxFinalists) {

    /** For published figures; takes one to two hours. */
    public static final RunProfile FULL = new RunProfile(
            11,
            5,
            Duration.ofMinutes(90),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(2),
            1,
            1_000_000,
            Integer.MAX_VALUE);

    /** For a first impression; takes less than ten minutes on an otherwise idle machine. */
    public static final RunProfile QUICK = new RunProfile(
            9, 3, Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofMillis(400), 0.08, 100_000, 5);

    /** For tests: verifies that every contestant implements every measure, and times nothing. */
    public static final RunProfile VERIFY_ONLY =
            new RunProfile(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.0005, 200, 0);

    /** Returns whether the figures of this profile are meaningful. */
    public boolean isTimed() {
        return maxRounds > 0;
    }

    /** Returns this profile with the smallest number of customer pages, for runs that do not measure deep pages. */
    public RunProfile withoutDeepPages() {
        return new RunProfile(
                maxRounds,
                minRounds,
                timeBudget,
                warmUpTime,
                minLoadTime,
                callShare,
                VERIFY_ONLY.customerPages,
                maxFinalists);
    }

    /** Returns the number of calls in an iteration of this measure. */
    public int calls(Measure measure) {
        return Math.max(2, (int) (measure.calls() * callShare));
    }

    /** Returns whether the round with this index, counted from 0, is to run. */
    public boolean hasRound(int round, boolean timeIsUp) {
        return round < minRounds || (round < maxRounds && !timeIsUp);
    }
}
