package dev.rowan.internal.statement;

import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementSubject;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.DatabaseObserver.OpenTransaction;
import dev.rowan.observe.DatabaseObserver.RunningStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.StatementOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.ExecuteContext;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs statements to {@code dev.rowan.sql}, counts them, and tells the observer of them. Thread-safe. */
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
    private final ServerProbe.Server server;
    private final @Nullable DatabaseObserver observer;

    /**
     * Creates the monitor of a database.
     *
     * @param slow a statement that takes as long is logged at WARN
     * @param showsValues whether the log shows bind values
     * @param observer is told of each statement and transaction
     */
    public StatementMonitor(
            Duration slow, boolean showsValues, ServerProbe.Server server, Optional<DatabaseObserver> observer) {
        this.slow = TimeUnit.NANOSECONDS.convert(slow); // a longer duration becomes the maximum
        this.showsValues = showsValues;
        this.server = server;
        this.observer = observer.map(ObserverGuard::new).orElse(null);
    }

    /** Returns the counters. */
    public StatementCounters counters() {
        return counters;
    }

    boolean showsValues() {
        return showsValues;
    }

    /** Starts the time of a command. */
    Execution start(SqlCommand<?> command) {
        return observer == null ? new Execution(null) : start(command.table(), 1, command.calls(), command::text);
    }

    /** Starts the time of a statement that begins or ends a transaction or a savepoint. */
    Execution start(String sql) {
        return observer == null ? new Execution(null) : start(null, 1, 1, () -> sql);
    }

    /** Starts the time of a statement, or of a batch of statements, of jOOQ. */
    Execution start(ExecuteContext context) {
        return observer == null
                ? new Execution(null)
                : start(
                        StatementSubject.target(context),
                        Math.max(1, context.batchQueries().length),
                        1,
                        () -> DslListener.text(context));
    }

    private Execution start(@Nullable Table<?> target, int batchSize, int calls, Supplier<String> sql) {
        return new Execution(Objects.requireNonNull(observer)
                .statement(new StatementDescription(server.observed(), target, batchSize, calls, sql)));
    }

    /** Returns work that another thread runs in place of this one, in the context that the observer knows. */
    public Runnable inContext(Runnable work) {
        return observer == null ? work : observer.inContext(work);
    }

    /** Starts the observation of a transaction; null if nobody observes. */
    public @Nullable OpenTransaction startTransaction(Optional<String> name, boolean readOnly) {
        return observer == null
                ? null
                : observer.transaction(new ObservedTransaction(name, readOnly, server.observed()));
    }

    /** One execution of a statement: its time, its rows, and its failure. Not thread-safe. */
    final class Execution implements SqlCommand.RowCount {

        private final @Nullable RunningStatement observed;
        private final long start = System.nanoTime();
        private long time = -1;
        private long read = -1;
        private long written = -1;
        private @Nullable RuntimeException failure;
        private @Nullable Throwable thrown;

        Execution(@Nullable RunningStatement observed) {
            this.observed = observed;
        }

        /** Notes that the server has answered: reading the rows is not part of the time. */
        void answered() {
            time = System.nanoTime() - start;
            if (observed != null) {
                observed.executed();
            }
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

        /** Notes what the call throws, which need not be a failure of the statement. */
        void threw(Throwable exception) {
            thrown = exception;
        }

        /** Counts and logs the statement if it was sent to the server, and ends its observation. */
        void end(Supplier<String> text, List<?> values) {
            if (time >= 0) {
                countAndLog(text, values);
            } else if (observed != null) {
                observed.executed();
            }
            if (observed != null) {
                observed.ended(new StatementOutcome(
                        Optional.ofNullable(failure == null ? thrown : failure),
                        read < 0 ? OptionalLong.empty() : OptionalLong.of(read),
                        read >= 0 || written < 0 ? OptionalLong.empty() : OptionalLong.of(written)));
            }
        }

        private void countAndLog(Supplier<String> text, List<?> values) {
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
