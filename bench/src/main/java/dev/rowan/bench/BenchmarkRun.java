package dev.rowan.bench;

import dev.rowan.bench.config.BenchmarkOptions;
import dev.rowan.bench.contest.Contest;
import dev.rowan.bench.contest.SqlAlchemy;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.report.Report;
import dev.rowan.bench.report.RunEnvironment;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import java.util.UUID;
import java.util.function.Consumer;

/** A run on a server that is started already: creates a database, runs the contest in it, and drops it. */
final class BenchmarkRun {

    private static final String CHANGELOG = "bench/changelog.sql";

    private BenchmarkRun() {}

    static Report run(BenchmarkOptions options, DatabaseServer server, Consumer<String> console) throws Exception {
        var name = "rowan_bench_" + UUID.randomUUID().toString().substring(0, 8);
        var details = new ConnectionDetails(server.createDatabase(name), server.user(), server.password());
        // described first: the load of the machine must not include the run's own
        var environment = RunEnvironment.describe(server, options.profile(), SqlAlchemy.version());
        try {
            Migrator.of(details.url(), details.user(), details.password(), CHANGELOG)
                    .update();
            return new Report(options.measures(), Contest.run(options, details, console), environment);
        } finally {
            try (var connection = server.dataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("drop database " + name);
            }
        }
    }
}
