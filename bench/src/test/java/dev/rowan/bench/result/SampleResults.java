package dev.rowan.bench.result;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.protocol.IterationResult;

/** Results made of durations alone, for tests. */
public final class SampleResults {

    private final ContestResults results = new ContestResults();

    public ContestResults results() {
        return results;
    }

    /** Adds a qualifying iteration with a duration in nanoseconds. */
    public void qualifying(Measure measure, Contestant contestant, double nanos) {
        results.setQualifying(measure, contestant, new IterationResult(nanos, Double.NaN, 0));
    }

    /** Adds a round for each duration in nanoseconds. */
    public void rounds(Measure measure, Contestant contestant, double... nanos) {
        for (var duration : nanos) {
            results.addRound(measure, contestant, new IterationResult(duration, Double.NaN, 0));
        }
    }
}
