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

/** What a service sees of its statements: the log {@code dev.rowan.sql}, and the counters. Thread-safe. */
public final class StatementMonitor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rowan.sql");

    /** A line of the log stays one that can be read: so many values, and so many characters of each. */
    private static final int MOST_VALUES = 100;

    private static final int LONGEST_VALUE = 100;

    private final StatementCounters counters = new StatementCounters();
    private final long slow;
    private final boolean showsValues;

    /**
     * Logs and counts.
     *
     * @param slow how long a statement may take before the log has it at WARN
     */
    public StatementMonitor(Duration slow, boolean showsValues) {
        this.slow = TimeUnit.NANOSECONDS.convert(slow); // centuries are as long as it can hold
        this.showsValues = showsValues;
    }

    public StatementCounters counters() {
        return counters;
    }

    boolean showsValues() {
        return showsValues;
    }

    /** Begins to watch a statement. */
    Execution start() {
        return new Execution();
    }

    /** A statement under way. Not thread-safe. */
    final class Execution {

        private final long start = System.nanoTime();
        private long time = -1;
        private long read = -1;
        private long written = -1;
        private @Nullable RuntimeException failure;

        /** The server has answered: what comes after is the reading of rows, or the caller's own work on them. */
        void answered() {
            time = System.nanoTime() - start;
        }

        boolean isLongerThan(Duration limit) {
            return System.nanoTime() - start >= limit.toNanos();
        }

        /** Adds to the rows read. */
        void read(long rows) {
            read = Math.max(read, 0) + rows;
        }

        void wrote(long rows) {
            written = rows;
        }

        /** Returns the failure, which is noted. */
        <E extends RuntimeException> E failed(E typed) {
            if (time < 0) {
                answered();
            }
            failure = typed;
            return typed;
        }

        /** Counts and logs the statement, if it came so far that the server knows of it. */
        void end(Supplier<String> text, List<?> values) {
            if (time < 0) {
                return;
            }
            var isSlow = time >= slow;
            counters.statement(time, isSlow, failure != null);
            if (read >= 0) {
                // jOOQ says of these rows that they were written, too
                counters.rowsRead(read);
            } else if (written > 0) {
                counters.rowsWritten(written);
            }
            if (isSlow) {
                LOG.warn("Slow: {}{} [{}]", text.get(), shown(values), outcome());
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
        // one statement is one line, whatever its values hold
        return "'" + start.replaceAll("\\R|\\p{Cntrl}", " ") + "'";
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }
}
