package dev.rowan.bench;

import java.util.Locale;

/** What a figure counts. */
enum Unit {
    MICROSECONDS("µs", "µs per call"),
    MILLISECONDS("ms", "ms per call"),
    BYTES("bytes", "bytes allocated per call"),
    CALLS("calls/s", "calls per second"),
    ROWS("rows/s", "rows per second");

    private final String symbol;
    private final String words;

    Unit(String symbol, String words) {
        this.symbol = symbol;
        this.words = words;
    }

    String symbol() {
        return symbol;
    }

    String words() {
        return words;
    }

    /** Says whether more is better. */
    boolean isRate() {
        return this == CALLS || this == ROWS;
    }

    /** Returns the figure of one turn. */
    double of(Turn turn) {
        return switch (this) {
            case MICROSECONDS -> turn.nanos() / 1e3;
            case MILLISECONDS -> turn.nanos() / 1e6;
            case BYTES -> turn.bytes();
            case CALLS, ROWS -> 1e9 / turn.nanos();
        };
    }

    /** Returns the figure with as many digits as mean something. */
    String show(double figure) {
        return String.format(Locale.ROOT, figure >= 1000 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f", figure);
    }
}
