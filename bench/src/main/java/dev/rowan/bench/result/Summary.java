package dev.rowan.bench.result;

import dev.rowan.bench.config.Unit;
import dev.rowan.bench.protocol.IterationResult;
import java.util.List;

/**
 * The iterations of one contestant in one measure, summarised.
 *
 * @param median the median figure
 * @param spread the interquartile range as a fraction of the median
 * @param iterations the number of iterations
 */
public record Summary(double median, double spread, int iterations) {

    private static final double NOISY = 0.10;

    static Summary of(Unit unit, List<IterationResult> results) {
        var figures =
                results.stream().mapToDouble(result -> result.in(unit)).sorted().toArray();
        var median = quantile(figures, 0.5);
        var spread = (quantile(figures, 0.75) - quantile(figures, 0.25)) / median;
        return new Summary(median, spread, figures.length);
    }

    /** Returns whether the interquartile range is more than a tenth of the median. */
    public boolean isNoisy() {
        return spread > NOISY;
    }

    /** Returns a quantile of sorted values, by linear interpolation. */
    static double quantile(double[] sorted, double fraction) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("No values to take a quantile of.");
        }
        double position = fraction * (sorted.length - 1);
        var below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
