package dev.rowan.codegen;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ReleaseSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Writes what the classes of a release rely on to a file beside the changelog. */
final class ReleaseGoal {

    private final ReleaseOptions options;
    private final StepLog log;

    ReleaseGoal(ReleaseOptions options, Consumer<String> log) {
        this.options = options;
        this.log = new StepLog(log);
    }

    void run() throws IOException {
        long start = System.nanoTime();
        try (var server = DatabaseServer.start(options.server());
                var database = server.temporaryDatabase("rowan_release_")) {
            log.report("server", server.description(), start);
            long readStart = System.nanoTime();
            var source = options.changelog();
            var release = ReleaseSchema.of(
                    source.migrator(database.dataSource(), source.loader()), options.tables(), options.columns());
            log.report("read", StepLog.count(release.tables(), "table"), readStart);
            var file = options.resources().resolve(release.file());
            Files.writeString(file, release.text());
            log.lines()
                    .accept("written   " + StepLog.relativized(file)
                            + ": commit it with the release; mvn rowan:check compares later changesets with it");
        }
    }
}
