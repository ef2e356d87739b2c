package dev.rowan.bench.protocol;

import dev.rowan.bench.config.Unit;

/**
 * What a contestant did in one iteration.
 *
 * @param nanos the duration per call or row
 * @param bytes the bytes allocated per call or row; NaN if unknown
 * @param checksum the sum of what was read or written; equal for all contestants that did the same work
 */
public record IterationResult(double nanos, double bytes, long checksum) {

    /** The whole answer of a worker whose library has no documented method for the measure. */
    public static final String UNSUPPORTED = "unsupported";

    /** The beginning of the answer of a worker that failed; the reason follows. */
    public static final String FAILED = "failed ";

    private static final String RESULT = "result";

    /** Returns this result as one line. */
    public String line() {
        return RESULT + " " + nanos + " " + bytes + " " + checksum;
    }

    /**
     * Parses a line that {@link #line} returned.
     *
     * @throws IllegalArgumentException if the line is anything else
     */
    public static IterationResult parse(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != 4 || !parts[0].equals(RESULT)) {
            throw new IllegalArgumentException("Not an iteration result: " + line);
        }
        return new IterationResult(
                Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Long.parseLong(parts[3]));
    }

    /** Returns the figure of this iteration in a unit. */
    public double in(Unit unit) {
        return switch (unit) {
            case MICROSECONDS -> nanos / 1e3;
            case MILLISECONDS -> nanos / 1e6;
            case BYTES -> bytes;
            case CALLS, ROWS -> 1e9 / nanos;
        };
    }
}
