package dev.rowan.result;

import java.time.Duration;

/**
 * What a database did since it was opened, and what it does now: numbers for a service's charts. Immutable; taken by
 * {@link dev.rowan.Database#statistics()}, which costs about as much as reading them.
 *
 * <p>All but the last two only grow, so that a chart shows their rate. With Micrometer:
 *
 * <pre>{@code
 * FunctionCounter.builder("rowan.statements", database, d -> d.statistics().statements()).register(registry);
 * FunctionCounter.builder("rowan.retries", database, d -> d.statistics().retries()).register(registry);
 * FunctionTimer.builder("rowan.statement", database, d -> d.statistics().statements(),
 *         d -> d.statistics().statementTime().toNanos(), TimeUnit.NANOSECONDS).register(registry);
 * Gauge.builder("rowan.connections.in.use", database, d -> d.statistics().connectionsInUse()).register(registry);
 * }</pre>
 *
 * @param statements how many statements were run: those of repositories and of {@code dsl()}, those that begin and end
 *     transactions, and those that failed
 * @param failures how many of them failed
 * @param slowStatements how many took longer than {@link dev.rowan.config.DatabaseOptions#slowStatement()}
 * @param statementTime how long the statements took together, without the reading of their rows
 * @param rowsRead how many rows they gave
 * @param rowsWritten how many rows they wrote, as the server counts them
 * @param commits how many transactions were committed
 * @param rollbacks how many transactions were rolled back; each attempt counts
 * @param retries how many times a transaction, or a statement alone, was run again after a failure in passing
 * @param connectionsInUse how many connections are borrowed now
 * @param callersWaiting how many callers wait now, for a connection or for calls that theirs may be merged with; 0 over a
 *     pool of your own, which knows better
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
