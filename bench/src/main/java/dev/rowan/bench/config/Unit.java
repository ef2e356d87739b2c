package dev.rowan.bench.config;

import java.util.Locale;

/** The unit of a measure's figures. */
public enum Unit {
    MICROSECONDS("µs", "µs per call"),
    MILLISECONDS("ms", "ms per call"),
    BYTES("bytes", "bytes allocated per call"),
    CALLS("calls/s", "calls per second"),
    ROWS("rows/s", "rows per second");

    private final String symbol;
    private final String description;

    Unit(String symbol, String description) {
        this.symbol = symbol;
        this.description = description;
    }

    public String symbol() {
        return symbol;
    }

    public String description() {
        return description;
    }

    /** Returns whether a higher figure is better. */
    public boolean isRate() {
        return this == CALLS || this == ROWS;
    }

    /** Formats a figure with its significant digits. */
    public String format(double figure) {
        return String.format(Locale.ROOT, figure >= 1000 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f", figure);
    }
}
