package dev.rowan.codegen;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.SchemaDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/**
 * Compares the schema of a database with the one that the changelog makes, on a server of its own. It alters nothing in
 * the database.
 */
final class Comparison {

    private final ComparisonOptions options;
    private final StepLog log;
    private final Consumer<String> warnings;

    Comparison(ComparisonOptions options, Consumer<String> log, Consumer<String> warnings) {
        this.options = options;
        this.log = new StepLog(log);
        this.warnings = warnings;
    }

    /** Returns the number of differences. */
    int run() throws IOException {
        long start = System.nanoTime();
        try (var database = DatabaseServer.start(options.server())) {
            log.report("database", database.description(), start);
            long referenceStart = System.nanoTime();
            try (var reference = DatabaseServer.start(options.referenceFor(database.dataSource()))) {
                log.report("server", reference.description(), referenceStart);
                migrate(reference);
                return compare(reference, database);
            }
        }
    }

    private void migrate(DatabaseServer reference) {
        long start = System.nanoTime();
        var changelog = options.changelog();
        var applied = changelog
                .migrator(reference.dataSource(), changelog.loader())
                .update()
                .size();
        log.report("applied", StepLog.count(applied, "changeset") + " of " + changelog.name(), start);
    }

    private int compare(DatabaseServer reference, DatabaseServer database) throws IOException {
        long start = System.nanoTime();
        var diff = SchemaDiff.between(reference.dataSource(), database.dataSource());
        var count = diff.differences().size();
        log.report("compared", count == 0 ? "no difference" : StepLog.count(count, "difference"), start);
        diff.notes().forEach(warnings);
        diff.differences().forEach(warnings);
        Files.deleteIfExists(options.output());
        if (count > 0) {
            Files.createDirectories(options.output().toAbsolutePath().getParent());
            Files.writeString(options.output(), diff.sql());
            log.lines().accept("written   " + StepLog.relativized(options.output()));
        }
        return count;
    }
}
