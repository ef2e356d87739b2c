package dev.rowan.app;

import dev.rowan.db.BinarySource;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ProjectEnvironment;
import dev.rowan.db.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands for the environment of the project: each method is a command, and its parameters are the options. */
@Command(
        name = "env",
        description = {
            "Create, start, fill, stop and delete a database of this project's own, in the folder .rowan.",
            "While it is started, the other commands use it unless they get a URL.",
        })
final class EnvironmentCommand {

    private static final Path HERE = Path.of("");
    private static final BinarySource BINARIES = ServerOptions.auto().binaries();

    private final PrintStream out;

    EnvironmentCommand(PrintStream out) {
        this.out = out;
    }

    @Command(name = "create", description = "Create the environment in the current directory.")
    void create(
            @Option(
                            names = "--image",
                            paramLabel = "IMAGE",
                            description = "Run MySQL of this image in Docker, such as mysql:9.7,"
                                    + " instead of an embedded MariaDB.")
                    @Nullable String image) {
        show(
                image == null
                        ? ProjectEnvironment.create(HERE, BINARIES)
                        : ProjectEnvironment.createInDocker(HERE, image));
    }

    @Command(name = "start", description = "Start its server, which runs until it is stopped.")
    void start() {
        var environment = environment();
        environment.start(BINARIES);
        show(environment);
    }

    @Command(name = "install", description = "Apply the pending changesets, and list what is installed.")
    void install(
            @Option(
                            names = "--contexts",
                            paramLabel = "NAMES",
                            split = ",",
                            description = "The contexts to install besides, such as seed.")
                    @Nullable List<String> contexts) {
        var migrator = migrator(contexts == null ? List.of() : contexts);
        var applied = migrator.update().stream().map(ServiceSchema::displayName).collect(Collectors.toSet());
        for (var changeset : migrator.applied()) {
            var name = ServiceSchema.displayName(changeset);
            out.println("installed " + name + (applied.contains(name) ? ", new" : ""));
        }
    }

    @Command(name = "status", description = "Show its server, folder and size, and what is installed and pending.")
    void status() {
        var environment = environment();
        show(environment);
        if (environment.server().isPresent()) {
            var migrator = migrator(List.of());
            var applied = migrator.applied();
            out.println("applied   " + applied.size() + " changesets");
            applied.forEach(changeset -> out.println("installed " + ServiceSchema.displayName(changeset)));
            var pending = migrator.pending();
            out.println("pending   " + pending.size() + " changesets");
            pending.forEach(changeset -> out.println("          " + ServiceSchema.displayName(changeset)));
        }
    }

    @Command(name = "shell", description = "Open a prompt for SQL.")
    int shell() throws IOException, InterruptedException {
        var environment = environment();
        running(environment);
        return new ProcessBuilder(environment.shellCommand(BINARIES))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Command(name = "stop", description = "Stop its server, and keep its data.")
    void stop() {
        var environment = environment();
        environment.stop();
        show(environment);
    }

    @Command(name = "delete", description = "Stop its server, and delete all its data.")
    void delete() {
        environment().delete();
        out.println("Deleted.");
    }

    private Migrator migrator(List<String> contexts) {
        return Migrator.of(running(environment()).dataSource(), ServiceSchema.CHANGELOG)
                .withContexts(contexts.toArray(String[]::new));
    }

    private void show(ProjectEnvironment environment) {
        environment.status().lines().forEach(out::println);
    }

    private static ProjectEnvironment environment() {
        return ProjectEnvironment.find(HERE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no environment in this directory or above it. Create one with env create."));
    }

    private static DatabaseServer running(ProjectEnvironment environment) {
        return environment
                .server()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The environment of " + environment.project() + " is stopped. Start it with env start."));
    }
}
