package dev.rowan.internal.statement;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.result.Statistics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a database since it was opened. Thread-safe. */
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
    private final LongAdder mergedStatements = new LongAdder();
    private final LongAdder mergedCalls = new LongAdder();

    /** Counts a statement that was executed, or that failed. */
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

    /** Counts a committed transaction. */
    public void committed() {
        commits.increment();
    }

    /** Counts a transaction that the caller or the server rolled back; each attempt counts. */
    public void rolledBack() {
        rollbacks.increment();
    }

    /** Counts a retry of a transaction or a statement. */
    public void retried() {
        retries.increment();
    }

    /** Counts calls that were merged into one statement, or one transaction. */
    public void merged(int calls) {
        mergedStatements.increment();
        mergedCalls.add(calls);
    }

    /**
     * Returns the current values.
     *
     * @param queued how many calls are queued to be merged
     * @param renderedTexts how many texts of SQL were rendered
     * @param cachedTexts how many of them are cached
     */
    public Statistics statistics(ConnectionSource connections, int queued, long renderedTexts, int cachedTexts) {
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
                mergedStatements.sum(),
                mergedCalls.sum(),
                renderedTexts,
                cachedTexts,
                connections.inUse(),
                connections.waiting() + queued,
                queued);
    }
}
