package dev.rowan.internal.statement;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs statements to {@code dev.rowan.sql}, and counts them. Thread-safe. */
public final class StatementMonitor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rowan.sql");

    /** The most values in a log line. */
    private static final int MOST_VALUES = 100;

    /** The most characters of a value in a log line. */
    private static final int LONGEST_VALUE = 100;

    /** The most characters of SQL in a warning: that of a long list may have hundreds of thousands. */
    private static final int LONGEST_WARNING = 2_000;

    private final StatementCounters counters = new StatementCounters();
    private final long slow;
    private final boolean showsValues;

    /**
     * Creates the monitor of a database.
     *
     * @param slow a statement that takes as long is logged at WARN
     * @param showsValues whether the log shows bind values
     */
    public StatementMonitor(Duration slow, boolean showsValues) {
        this.slow = TimeUnit.NANOSECONDS.convert(slow); // a longer duration becomes the maximum
        this.showsValues = showsValues;
    }

    /** Returns the counters. */
    public StatementCounters counters() {
        return counters;
    }

    boolean showsValues() {
        return showsValues;
    }

    /** Starts the time of a statement. */
    Execution start() {
        return new Execution();
    }

    /** One execution of a statement: its time, its rows, and its failure. Not thread-safe. */
    final class Execution implements SqlCommand.RowCount {

        private final long start = System.nanoTime();
        private long time = -1;
        private long read = -1;
        private long written = -1;
        private @Nullable RuntimeException failure;

        /** Notes that the server has answered: reading the rows is not part of the time. */
        void answered() {
            time = System.nanoTime() - start;
        }

        /** Adds to the rows read. */
        @Override
        public void read(long rows) {
            read = Math.max(read, 0) + rows;
        }

        void wrote(long rows) {
            written = rows;
        }

        /** Notes the failure, and returns it. */
        <E extends RuntimeException> E failed(E typed) {
            if (time < 0) {
                answered();
            }
            failure = typed;
            return typed;
        }

        /** Counts and logs the statement if it was sent to the server. */
        void end(Supplier<String> text, List<?> values) {
            if (time < 0) {
                return;
            }
            var isSlow = time >= slow;
            counters.statement(time, isSlow, failure != null);
            if (read >= 0) {
                // jOOQ reports the rows of a query as written, too
                counters.rowsRead(read);
            } else if (written > 0) {
                counters.rowsWritten(written);
            }
            if (isSlow) {
                LOG.warn("Slow: {}{} [{}]", shortened(text.get()), shown(values), outcome());
            } else if (LOG.isDebugEnabled()) {
                LOG.debug("{}{} [{}]", text.get(), shown(values), outcome());
            }
        }

        private String outcome() {
            var took = String.format(Locale.ROOT, "%.1f ms", time / 1e6);
            if (failure != null) {
                return took + ", failed: " + SqlExceptionTranslator.kind(failure);
            }
            if (read >= 0) {
                return took + ", " + rows(read) + " read";
            }
            return written < 0 ? took : took + ", " + rows(written) + " written";
        }
    }

    private String shown(List<?> values) {
        if (!showsValues || values.isEmpty()) {
            return "";
        }
        var more = values.size() > MOST_VALUES ? ", and " + (values.size() - MOST_VALUES) + " more" : "";
        return values.stream()
                .limit(MOST_VALUES)
                .map(StatementMonitor::shown)
                .collect(Collectors.joining(", ", " with ", more));
    }

    private static String shown(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        var text = value.toString();
        var start = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
        // a line break in a value would break the log line
        return "'" + start.replaceAll("\\R|\\p{Cntrl}", " ") + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_WARNING
                ? text
                : text.substring(0, LONGEST_WARNING) + "… (" + text.length() + " characters)";
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
