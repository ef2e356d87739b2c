package dev.rowan.bench.protocol;

import dev.rowan.bench.config.Measure;
import java.time.Duration;

/**
 * A request to run warm-up iterations and then one measured iteration.
 *
 * @param calls the number of calls in an iteration; of a bulk measure, the number of rows
 * @param warmUpIterations the number of iterations before the measured one
 * @param minLoadTime the minimum duration of the load in an iteration with concurrent callers
 * @param customerPages the number of pages of customers in the dataset
 */
public record IterationRequest(
        Measure measure, int calls, int warmUpIterations, Duration minLoadTime, int customerPages) {

    /** Returns this request as one line, such as {@code find 1000 4 0 200}. */
    public String line() {
        return measure.id() + " " + calls + " " + warmUpIterations + " " + minLoadTime.toMillis() + " " + customerPages;
    }

    /** Parses a line that {@link #line} returned. */
    public static IterationRequest parse(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("Not an iteration request: " + line);
        }
        return new IterationRequest(
                Measure.withId(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Duration.ofMillis(Long.parseLong(parts[3])),
                Integer.parseInt(parts[4]));
    }
}
