package dev.rowan.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chart with a bar for each measure: how many times as fast as the best peer Rowan is; a dot says so of raw JDBC. Its
 * colours are readable on a light page and on a dark one.
 */
record Chart(List<Line> lines) {

    private static final int LABELS = 210;
    private static final int LEFT = 226;
    private static final int RIGHT = 570;
    private static final int WIDTH = 750;
    private static final int TOP = 56;
    private static final int ROW = 26;

    private static final double LEAST = 0.5;

    /** Where the axis ends; what is further ahead ends there too, and has its number. */
    private static final double MOST = 16;

    private static final String AHEAD = "#2f81f7";
    private static final String BEHIND = "#d1682c";

    String svg() {
        int bottom = TOP + lines.size() * ROW;
        var svg = new StringBuilder(head(bottom + 12));
        for (double times = LEAST; times <= MOST; times *= 2) {
            svg.append(grid(times, bottom));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(row(lines.get(i), TOP + i * ROW));
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

    private static String grid(double times, int bottom) {
        return """
                <line class='g' x1='%1$d' y1='%2$d' x2='%1$d' y2='%3$d'/>
                <text class='s' x='%1$d' y='%4$d' text-anchor='middle'>%5$s×</text>
                """.formatted(x(times), TOP - 8, bottom + 4, TOP - 14, times < 1 ? "½" : String.valueOf((int) times));
    }

    private static String row(Line line, int y) {
        var label = "<text x='%d' y='%d' text-anchor='end'>%s</text>\n"
                .formatted(LABELS, y + 15, line.measure().title());
        var bar = line.bestPeer().flatMap(best -> speed(line, best).map(times -> bar(times, best, y)));
        var dot = speed(line, Entrant.RAW)
                .map(times -> "<circle cx='%d' cy='%d' r='4' fill='#8250df' stroke='#ffffff'/>\n"
                        .formatted(x(times), y + 10));
        return label + bar.orElse("") + dot.orElse("");
    }

    private static String bar(double times, Entrant best, int y) {
        int from = Math.min(x(1), x(times));
        int to = Math.max(x(1), x(times));
        return """
                <rect x='%d' y='%d' width='%d' height='16' rx='2' fill='%s'/>
                <text class='s' x='%d' y='%d'>%s× %s</text>
                """.formatted(
                        from,
                        y + 2,
                        Math.max(2, to - from),
                        times < 1 ? BEHIND : AHEAD,
                        RIGHT + 18,
                        y + 14,
                        String.format(Locale.ROOT, "%.2f", times),
                        best.words());
    }

    /** Returns how many times as fast as the other Rowan is. */
    private static Optional<Double> speed(Line line, Entrant other) {
        return line.results()
                .ratio(line.measure(), other)
                .map(ratio -> line.measure().unit().isRate() ? ratio : 1 / ratio);
    }

    private static int x(double times) {
        double part = Math.log(Math.clamp(times, LEAST, MOST) / LEAST) / Math.log(MOST / LEAST);
        return (int) (LEFT + part * (RIGHT - LEFT));
    }
}
