package dev.rowan.codegen;

import dev.rowan.db.Changeset;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import dev.rowan.db.ProjectEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Creates, starts, fills, shows, stops or deletes the environment of the project. Reports each step in one line. */
final class EnvironmentGoal {

    private static final Path HERE = Path.of("");

    private final EnvironmentOptions options;
    private final Build build;
    private final StepLog log;

    EnvironmentGoal(EnvironmentOptions options, Build build) {
        this.options = options;
        this.build = build;
        this.log = new StepLog(build::info);
    }

    void run() {
        switch (options.goal()) {
            case "env-create" -> create();
            case "env-start" -> start();
            case "env-install" -> install();
            case "env-status" -> reportStatus();
            case "env-shell" -> openShell();
            case "env-stop" -> stop();
            case "env-delete" -> delete();
            default -> throw new IllegalArgumentException("There is no goal " + options.goal() + ".");
        }
    }

    private void create() {
        long start = System.nanoTime();
        var environment = options.image().isEmpty()
                ? ProjectEnvironment.create(options.root(), build)
                : ProjectEnvironment.createInDocker(options.root(), options.image());
        var status = environment.status();
        log.report("created", status.product() + " in " + status.folder(), start);
        build.info("next      mvn rowan:env-start");
    }

    private void start() {
        long start = System.nanoTime();
        var environment = environment();
        var isNew = environment.start(build);
        var server = running(environment);
        log.report(isNew ? "started" : "running", server.description() + ", at " + server.url(), start);
    }

    private void install() {
        var changelog = options.changelog();
        var loader = changelog.loader();
        if (options.optional() && loader.getResource(changelog.name()) == null) {
            build.info("skipped   this module has no changelog " + changelog.name());
            return;
        }
        long start = System.nanoTime();
        var migrator = changelog.migrator(running(environment()).dataSource(), loader);
        var applied = migrator.update();
        log.report(
                "applied", "%s of %s".formatted(StepLog.count(applied.size(), "changeset"), changelog.name()), start);
        reportInstalled(migrator, applied);
    }

    private void reportInstalled(Migrator migrator, List<Changeset> applied) {
        var isNew = applied.stream().map(EnvironmentGoal::name).collect(Collectors.toSet());
        for (var changeset : migrator.applied()) {
            var name = name(changeset);
            build.info("installed " + name + (isNew.contains(name) ? ", new" : ""));
        }
    }

    private void reportStatus() {
        var environment = environment();
        if (options.state()) {
            environment.status().lines().forEach(build::info);
        }
        var changelog = options.changelog();
        var loader = changelog.loader();
        var server = environment.server();
        if (server.isEmpty() || loader.getResource(changelog.name()) == null) {
            return;
        }
        var migrator = changelog.migrator(server.get().dataSource(), loader);
        var pending = migrator.pending();
        build.info("applied   %s of %s"
                .formatted(StepLog.count(migrator.applied().size(), "changeset"), changelog.name()));
        reportInstalled(migrator, List.of());
        build.info("pending   %s of %s".formatted(StepLog.count(pending.size(), "changeset"), changelog.name()));
        pending.forEach(changeset -> build.info("          " + name(changeset)));
    }

    private void openShell() {
        var environment = environment();
        running(environment);
        build.run(environment.shellCommand(build));
    }

    private void stop() {
        long start = System.nanoTime();
        var environment = environment();
        var wasRunning = environment.stop();
        log.report("stopped", wasRunning ? "its data is kept; env-start starts it again" : "it was not running", start);
    }

    private void delete() {
        long start = System.nanoTime();
        var environment = environment();
        var folder = environment.status().folder();
        if (!isOfThisProject(environment)) {
            throw new IllegalArgumentException(
                    "This project, in " + options.root() + ", has no environment. The one of " + environment.project()
                            + " above it is not deleted from here. If you mean that one, delete it there.");
        }
        environment.delete();
        log.report("deleted", folder.toString(), start);
    }

    /** An environment is also found from another project below it, which must not delete it. */
    private boolean isOfThisProject(ProjectEnvironment environment) {
        try {
            return environment.project().equals(options.root().toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProjectEnvironment environment() {
        return ProjectEnvironment.find(HERE)
                .orElseThrow(() -> new IllegalArgumentException("There is no environment in " + HERE.toAbsolutePath()
                        + " or above it. Create one: mvn rowan:env-create"));
    }

    private static DatabaseServer running(ProjectEnvironment environment) {
        return environment
                .server()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The environment of " + environment.project() + " is stopped. Start it: mvn rowan:env-start"));
    }

    private static String name(Changeset changeset) {
        return changeset.file() + "  " + changeset.author() + ":" + changeset.id();
    }
}
