package dev.rowan.result;

import java.time.Duration;

/**
 * The counters of a database since it was opened, for a service's metrics. Immutable. {@link
 * dev.rowan.Database#statistics()} returns the current values at almost no cost.
 *
 * <p>The last four are what is so now; all others are monotonic counters. The module {@code rowan-micrometer} makes
 * meters of them.
 *
 * @param statements the number of statements: those of repositories and of {@code dsl()}, those that begin and end
 *     transactions, and those that failed
 * @param failures the number of failed statements
 * @param slowStatements the number of statements that took at least {@link
 *     dev.rowan.config.DatabaseOptions#slowStatement()}
 * @param statementTime the total time of the statements, without reading their rows
 * @param rowsRead the number of rows that were read
 * @param rowsWritten the number of rows that were written, as the server counts them
 * @param commits the number of committed transactions
 * @param rollbacks the number of rolled back transactions; each attempt counts
 * @param retries the number of retries of a transaction or a single statement after a transient failure
 * @param mergedStatements the number of statements, or transactions of them, that several concurrent calls were merged
 *     into
 * @param mergedCalls the number of calls that were merged into them
 * @param renderedTexts the number of SQL texts that were rendered because they were not cached. If it grows as fast as
 *     the number of statements, the shapes of the queries are too many
 * @param cachedTexts the number of SQL texts that are cached now
 * @param connectionsInUse the number of connections that are in use now
 * @param callersWaiting the number of callers that wait now for a connection, or in the queue of merged calls; without
 *     those that wait for a connection of your own DataSource
 * @param callsQueued how many of those wait in the queue of merged calls
 */
public record Statistics(
        long statements,
        long failures,
        long slowStatements,
        Duration statementTime,
        long rowsRead,
        long rowsWritten,
        long commits,
        long rollbacks,
        long retries,
        long mergedStatements,
        long mergedCalls,
        long renderedTexts,
        int cachedTexts,
        int connectionsInUse,
        int callersWaiting,
        int callsQueued) {}
