package dev.rowan.app;

import dev.rowan.db.Changeset;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that migrates the schema. */
@Command(name = "migrate", description = "Migrate the database to the schema of this service. Idempotent.")
final class MigrateCommand implements Runnable {

    @Option(names = "--dry-run", description = "List the pending changesets without applying them.")
    private boolean dryRun;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    private final PrintStream out;

    MigrateCommand(PrintStream out) {
        this.out = out;
    }

    /** Applies the pending changesets, or lists them. */
    @Override
    public void run() {
        var schema = new ServiceSchema(connection.options());
        if (dryRun) {
            report("pending", schema.migrator().pending());
        } else {
            report("applied", schema.migrator().update());
        }
    }

    private void report(String outcome, List<Changeset> changesets) {
        changesets.forEach(changeset -> out.println(outcome + "  " + ServiceSchema.displayName(changeset)));
        if (changesets.isEmpty()) {
            out.println("The schema is up to date.");
        }
    }
}
