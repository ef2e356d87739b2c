package dev.rowan.app;

import dev.rowan.db.BinarySource;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.MigrationCheck;
import dev.rowan.db.Migrator;
import dev.rowan.db.ProjectEnvironment;
import dev.rowan.db.ServerException;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Demonstrates what goals of the Maven plugin do: each by the code that the goal runs. */
final class WalkThroughGoals {

    private static final String NEXT_RELEASE = "walk-through/next-release.yaml";
    private static final BinarySource BINARIES = ServerOptions.auto().binaries();

    private final WalkThroughPrinter printer;

    WalkThroughGoals(WalkThroughPrinter printer) {
        this.printer = printer;
    }

    void check(DatabaseServer server) {
        printer.step("What a migration costs");
        printer.text("mvn rowan:check tries the changesets of the next release on an idle server, here on this one:");
        var check = MigrationCheck.of(server, database -> Migrator.of(database, NEXT_RELEASE));
        for (var cost : check.costs()) {
            printer.text("  %-15s %s".formatted(cost.verdict(), cost.statement()));
        }
        printer.text("A statement that stops every write for as long as it runs fails the build:");
        check.errors().forEach(printer::text);
    }

    void environment() {
        printer.step("A database of your own");
        printer.text("An environment is a server in the folder of your project, which keeps its data until you delete");
        printer.text("it. Here in a temporary folder:");
        try {
            var project = Files.createTempDirectory("rowan-walk-through");
            try {
                environment(project);
            } finally {
                Files.delete(project);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void environment(Path project) {
        ProjectEnvironment environment;
        try {
            environment = ProjectEnvironment.create(project, BINARIES);
        } catch (ServerException e) {
            printer.text("  Not shown, because it needs the embedded MariaDB. " + e.getMessage());
            return;
        }
        // its server would outlive a process that is interrupted
        var deletion = new Thread(environment::delete, "rowan-walk-through-end");
        Runtime.getRuntime().addShutdownHook(deletion);
        try {
            show("env-create", firstLine(environment));
            environment.start(BINARIES);
            show("env-start", firstLine(environment));
            var server = environment.server().orElseThrow();
            var installed =
                    Migrator.of(server.dataSource(), ServiceSchema.CHANGELOG).update();
            show("env-install", installed.size() + " changesets of " + ServiceSchema.CHANGELOG);
            environment.stop();
            show("env-stop", firstLine(environment));
        } finally {
            environment.delete();
            Runtime.getRuntime().removeShutdownHook(deletion);
        }
        show("env-delete", "deleted " + environment.project().resolve(".rowan"));
        printer.text(
                "While it is started, the build, the tests and the program use it. env-shell opens a prompt for SQL.");
    }

    private void show(String goal, String outcome) {
        printer.text("  %-23s %s".formatted("mvn rowan:" + goal, outcome));
    }

    private static String firstLine(ProjectEnvironment environment) {
        return environment.status().lines().getFirst().replaceAll(" +", " ");
    }
}
