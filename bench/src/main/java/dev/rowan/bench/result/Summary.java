package dev.rowan.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What a contestant reached in a measure.
 *
 * @param median the median of its turns
 * @param spread the width of the middle half of its turns, as a part of the median
 * @param rounds how many turns those were
 * @param bytes the median of what it allocated for a call; NaN where that is not known
 */
record Figures(double median, double spread, int rounds, double bytes) {

    private static final double NOISY = 0.10;

    static Figures of(Unit unit, List<Turn> turns) {
        var figures = turns.stream().mapToDouble(unit::of).sorted().toArray();
        var bytes = turns.stream().mapToDouble(Turn::bytes).sorted().toArray();
        var median = quantile(figures, 0.5);
        var spread = (quantile(figures, 0.75) - quantile(figures, 0.25)) / median;
        return new Figures(median, spread, figures.length, quantile(bytes, 0.5));
    }

    boolean isNoisy() {
        return spread > NOISY;
    }

    /** Returns the quantile of sorted values, between neighbours in proportion. */
    static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There are no values: " + Arrays.toString(sorted));
        }
        double place = part * (sorted.length - 1);
        var below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
