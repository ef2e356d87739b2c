package dev.rowan.internal.statement;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.result.Statistics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What happened since the database was opened, counted as it happens. Thread-safe. */
public final class StatementCounters {

    private final LongAdder statements = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder rowsRead = new LongAdder();
    private final LongAdder rowsWritten = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder rollbacks = new LongAdder();
    private final LongAdder retries = new LongAdder();

    /** Counts a statement that the server has answered, or that failed. */
    void statement(long time, boolean isSlow, boolean failed) {
        statements.increment();
        nanos.add(time);
        if (isSlow) {
            slow.increment();
        }
        if (failed) {
            failures.increment();
        }
    }

    void rowsRead(long rows) {
        rowsRead.add(rows);
    }

    void rowsWritten(long rows) {
        rowsWritten.add(rows);
    }

    /** Counts a transaction that the server says is committed. */
    public void committed() {
        commits.increment();
    }

    /** Counts a transaction that was rolled back, by the caller or the server, once for each attempt. */
    public void rolledBack() {
        rollbacks.increment();
    }

    /** Counts that a transaction or a statement is run again. */
    public void retried() {
        retries.increment();
    }

    /**
     * Returns the sums until now.
     *
     * @param merging how many calls wait for others
     */
    public Statistics statistics(ConnectionSource connections, int merging) {
        return new Statistics(
                statements.sum(),
                failures.sum(),
                slow.sum(),
                Duration.ofNanos(nanos.sum()),
                rowsRead.sum(),
                rowsWritten.sum(),
                commits.sum(),
                rollbacks.sum(),
                retries.sum(),
                connections.inUse(),
                connections.waiting() + merging);
    }
}
