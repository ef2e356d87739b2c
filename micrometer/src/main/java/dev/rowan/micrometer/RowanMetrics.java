package dev.rowan.micrometer;

import dev.rowan.Database;
import dev.rowan.result.Statistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a database: its connections, statements, transactions, retries, merged calls and cached texts. They
 * read {@link Database#statistics()} when they are asked, and cost a call nothing.
 *
 * <pre>{@code
 * new RowanMetrics(database, Tags.of("pool", "shop")).bindTo(registry);
 * }</pre>
 *
 * <p>The registry does not keep the database alive.
 */
public final class RowanMetrics implements MeterBinder {

    private final Database database;
    private final Iterable<Tag> tags;

    /** Makes the meters of the only database of a registry. */
    public RowanMetrics(Database database) {
        this(database, Tags.empty());
    }

    /** Makes meters with these tags, which tell databases apart. */
    public RowanMetrics(Database database, Iterable<Tag> tags) {
        this.database = database;
        this.tags = tags;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "rowan.connections.used", "Connections in use", Statistics::connectionsInUse);
        gauge(
                registry,
                "rowan.connections.pending",
                "Callers that wait for a connection",
                statistics -> statistics.callersWaiting() - statistics.callsQueued());
        timer(registry);
        counter(registry, "rowan.statements.failed", "Failed statements", Tags.empty(), Statistics::failures);
        counter(registry, "rowan.statements.slow", "Slow statements", Tags.empty(), Statistics::slowStatements);
        counter(registry, "rowan.rows", "Rows", Tags.of("direction", "read"), Statistics::rowsRead);
        counter(registry, "rowan.rows", "Rows", Tags.of("direction", "written"), Statistics::rowsWritten);
        counter(
                registry,
                "rowan.transactions",
                "Attempts of transactions",
                Tags.of("outcome", "committed"),
                Statistics::commits);
        counter(
                registry,
                "rowan.transactions",
                "Attempts of transactions",
                Tags.of("outcome", "rolled_back"),
                Statistics::rollbacks);
        counter(
                registry,
                "rowan.retries",
                "Retries of transactions and statements after transient failures",
                Tags.empty(),
                Statistics::retries);
        counter(
                registry,
                "rowan.merging.calls",
                "Concurrent calls that were merged with others",
                Tags.empty(),
                Statistics::mergedCalls);
        counter(
                registry,
                "rowan.merging.statements",
                "Statements that several calls were merged into",
                Tags.empty(),
                Statistics::mergedStatements);
        gauge(registry, "rowan.merging.queued", "Calls that wait to be merged", Statistics::callsQueued);
        counter(
                registry,
                "rowan.sql.rendered",
                "SQL texts that were rendered because they were not cached",
                Tags.empty(),
                Statistics::renderedTexts);
        gauge(registry, "rowan.sql.cached", "SQL texts that are cached", Statistics::cachedTexts);
    }

    private void timer(MeterRegistry registry) {
        FunctionTimer.builder(
                        "rowan.statements",
                        database,
                        source -> source.statistics().statements(),
                        source -> source.statistics().statementTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Statements, without the reading of their rows")
                .tags(tags)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Statistics> value) {
        Gauge.builder(name, database, source -> value.applyAsDouble(source.statistics()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String description, Tags more, ToDoubleFunction<Statistics> value) {
        FunctionCounter.builder(name, database, source -> value.applyAsDouble(source.statistics()))
                .description(description)
                .tags(tags)
                .tags(more)
                .register(registry);
    }
}
