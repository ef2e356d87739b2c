package dev.rowan.bench.report;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.result.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chart of Rowan's relative speed: for each measure a bar against the best peer, and a dot against raw JDBC. Its
 * colours are readable on light and on dark pages.
 */
record SpeedChart(List<Comparison> comparisons) {

    private static final int LABEL_END = 210;
    private static final int PLOT_LEFT = 226;
    private static final int PLOT_RIGHT = 570;
    private static final int WIDTH = 750;
    private static final int PLOT_TOP = 56;
    private static final int ROW_HEIGHT = 26;

    private static final double MIN_SPEED = 0.5;

    /** The end of the axis. Longer bars are cut off there; the number beside them is exact. */
    private static final double MAX_SPEED = 16;

    private static final String FASTER = "#2f81f7";
    private static final String SLOWER = "#d1682c";

    String svg() {
        int bottom = PLOT_TOP + comparisons.size() * ROW_HEIGHT;
        var svg = new StringBuilder(head(bottom + 12));
        for (double speed = MIN_SPEED; speed <= MAX_SPEED; speed *= 2) {
            svg.append(grid(speed, bottom));
        }
        for (int i = 0; i < comparisons.size(); i++) {
            svg.append(row(comparisons.get(i), PLOT_TOP + i * ROW_HEIGHT));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String head(int height) {
        return """
                <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='system-ui, sans-serif' font-size='13'>
                <style>text{fill:#1f2328}.s{fill:#59636e;font-size:11px}.g{stroke:#d1d9e0}
                @media(prefers-color-scheme:dark){text{fill:#f0f6fc}.s{fill:#9198a1}.g{stroke:#3d444d}}</style>
                <text x='8' y='20' font-weight='600'>Rowan's speed: bars against the best peer, dots against raw JDBC</text>
                """.formatted(WIDTH, height);
    }

    private static String grid(double speed, int bottom) {
        return """
                <line class='g' x1='%1$d' y1='%2$d' x2='%1$d' y2='%3$d'/>
                <text class='s' x='%1$d' y='%4$d' text-anchor='middle'>%5$s×</text>
                """.formatted(
                x(speed), PLOT_TOP - 8, bottom + 4, PLOT_TOP - 14, speed < 1 ? "½" : String.valueOf((int) speed));
    }

    private static String row(Comparison comparison, int y) {
        var label = "<text x='%d' y='%d' text-anchor='end'>%s</text>\n"
                .formatted(LABEL_END, y + 15, comparison.measure().id());
        var bar = comparison.bestPeer().flatMap(best -> speed(comparison, best).map(speed -> bar(speed, best, y)));
        var dot = speed(comparison, Contestant.RAW)
                .map(speed -> "<circle cx='%d' cy='%d' r='4' fill='#8250df' stroke='#ffffff'/>\n"
                        .formatted(x(speed), y + 10));
        return label + bar.orElse("") + dot.orElse("");
    }

    private static String bar(double speed, Contestant best, int y) {
        int from = Math.min(x(1), x(speed));
        int to = Math.max(x(1), x(speed));
        return """
                <rect x='%d' y='%d' width='%d' height='16' rx='2' fill='%s'/>
                <text class='s' x='%d' y='%d'>%s× %s</text>
                """.formatted(
                        from,
                        y + 2,
                        Math.max(2, to - from),
                        speed < 1 ? SLOWER : FASTER,
                        PLOT_RIGHT + 18,
                        y + 14,
                        String.format(Locale.ROOT, "%.2f", speed),
                        best.label());
    }

    /** Returns Rowan's speed as a multiple of the other's. */
    private static Optional<Double> speed(Comparison comparison, Contestant other) {
        return comparison
                .results()
                .ratio(comparison.measure(), other)
                .map(ratio -> comparison.measure().unit().isRate() ? ratio : 1 / ratio);
    }

    private static int x(double speed) {
        double part = Math.log(Math.clamp(speed, MIN_SPEED, MAX_SPEED) / MIN_SPEED) / Math.log(MAX_SPEED / MIN_SPEED);
        return (int) (PLOT_LEFT + part * (PLOT_RIGHT - PLOT_LEFT));
    }
}
