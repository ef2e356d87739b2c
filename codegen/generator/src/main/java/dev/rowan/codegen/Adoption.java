package dev.rowan.codegen;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.SchemaChangelog;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Writes the first changelog of a database that had none, and marks it as applied there. If that fails, nothing is left
 * behind, so that it can be tried again.
 */
final class Adoption {

    private final AdoptionOptions options;
    private final StepLog log;
    private final Consumer<String> warnings;

    Adoption(AdoptionOptions options, Consumer<String> log, Consumer<String> warnings) {
        this.options = options;
        this.log = new StepLog(log);
        this.warnings = warnings;
    }

    void run() throws IOException {
        long start = System.nanoTime();
        try (var server = DatabaseServer.start(options.server())) {
            log.report("server", server.description(), start);
            var schema = read(server);
            var files = new ChangelogFiles(options.resources(), options.changelog(), schema.sql());
            files.requireNone();
            try {
                files.write();
                apply(server);
            } catch (RuntimeException | IOException e) {
                files.delete();
                throw e;
            }
            files.names().forEach(file -> log.lines().accept("written   " + StepLog.relativized(file)));
        }
    }

    private SchemaChangelog read(DatabaseServer server) {
        long start = System.nanoTime();
        var schema = SchemaChangelog.read(server.dataSource());
        log.report("read", StepLog.count(schema.changesets(), "changeset") + " for the schema of this database", start);
        schema.omissions().forEach(omission -> warnings.accept("Left out is " + omission));
        return schema;
    }

    /** Marks the changelog as applied; if it is not to be marked, checks that it can be read. */
    private void apply(DatabaseServer server) {
        long start = System.nanoTime();
        var changelog = ChangelogSource.in(options.resources(), options.changelog());
        var migrator = changelog.migrator(server.dataSource(), changelog.loader());
        if (options.mark()) {
            var marked = migrator.markApplied().size();
            log.report("marked", StepLog.count(marked, "changeset") + " as applied to this database", start);
        } else {
            var pending = migrator.pending().size();
            log.report("checked", StepLog.count(pending, "changeset") + ", none marked as applied", start);
        }
    }
}
