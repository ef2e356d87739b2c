package dev.rowan.result;

import java.time.Duration;

/**
 * The counters of a database since it was opened, for a service's metrics. Immutable. {@link
 * dev.rowan.Database#statistics()} returns the current values at almost no cost.
 *
 * <p>All but the last two are monotonic counters. With Micrometer:
 *
 * <pre>{@code
 * FunctionCounter.builder("rowan.statements", database, d -> d.statistics().statements()).register(registry);
 * FunctionCounter.builder("rowan.retries", database, d -> d.statistics().retries()).register(registry);
 * FunctionTimer.builder("rowan.statement", database, d -> d.statistics().statements(),
 *         d -> d.statistics().statementTime().toNanos(), TimeUnit.NANOSECONDS).register(registry);
 * Gauge.builder("rowan.connections.in.use", database, d -> d.statistics().connectionsInUse()).register(registry);
 * }</pre>
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
 * @param connectionsInUse the number of connections that are in use now
 * @param callersWaiting the number of callers that wait now for a connection, or in the queue of merged calls; without
 *     those that wait for a connection of your own DataSource
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
        int connectionsInUse,
        int callersWaiting) {}
