package dev.rowan.app;

import dev.rowan.db.Changeset;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The schema, from the command line. */
@Command(
        name = "migrate",
        description = "Brings the database to the schema of the service. Twice changes nothing more.")
final class MigrateCommand implements Runnable {

    @Option(names = "--dry-run", description = "Shows what is pending, and changes nothing.")
    private boolean dryRun;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    private final PrintStream out;

    MigrateCommand(PrintStream out) {
        this.out = out;
    }

    /** Applies what is pending, or lists it. */
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
        changesets.forEach(changeset -> out.println(outcome + "  " + ServiceSchema.name(changeset)));
        if (changesets.isEmpty()) {
            out.println("The schema is up to date.");
        }
    }
}
