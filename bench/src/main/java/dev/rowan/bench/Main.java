package dev.rowan.bench;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Measures side by side, on a server that is started for it or given, and writes the reports. */
final class Main {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** How it ends when it is asked for what there is not. */
    private static final int MISTAKEN = 2;

    private static final String CHANGELOG = "bench/changelog.sql";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings;
        try {
            settings = Settings.of(System.getProperties());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISTAKEN);
            return;
        }
        tidyUpWhenKilled(Thread.currentThread());
        try (var started = Server.start(settings.server())) {
            var server = started.server();
            System.out.println("Measuring on " + server.description() + ", in " + settings.directory());
            var report = report(settings, server, System.out::println);
            var files = report.write(settings.directory());
            System.out.println(report.text());
            System.out.println("Written: " + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
    }

    /** A given server keeps nothing of a run that is broken off: what waits is interrupted, and cleans up. */
    private static void tidyUpWhenKilled(Thread main) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                main.interrupt();
                main.join(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Measures in a database of its own. */
    static Report report(Settings settings, DatabaseServer server, Consumer<String> console) throws Exception {
        var name = "rowan_bench_" + UUID.randomUUID().toString().substring(0, 8);
        var target = new Target(server.createDatabase(name), server.user(), server.password());
        var machine = Machine.describe(server, settings.effort());
        try {
            Migrator.of(target.url(), target.user(), target.password(), CHANGELOG)
                    .update();
            return new Report(settings.measures(), measure(settings, target, console), machine);
        } finally {
            try (var connection = server.dataSource().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("drop database " + name);
            }
        }
    }

    private static Results measure(Settings settings, Target target, Consumer<String> console) throws Exception {
        var contestants = new ArrayList<ContestantProcess>();
        try (var connection = DriverManager.getConnection(target.plain(), target.user(), target.password());
                var durability = new Durability(connection)) {
            var tables = new Tables(connection);
            if (settings.effort().isTimed()) {
                durability.begin(console);
            }
            tables.fill(settings.effort().pages());
            for (var entrant : present(settings.entrants(), console)) {
                contestants.add(start(entrant, target, settings));
            }
            return new Contest(settings.effort(), tables, durability, contestants, console).run(settings.measures());
        } finally {
            contestants.forEach(ContestantProcess::close);
        }
    }

    private static List<Entrant> present(List<Entrant> entrants, Consumer<String> console) throws InterruptedException {
        if (entrants.stream().noneMatch(Entrant::isPython)
                || SqlAlchemy.version().isPresent()) {
            return entrants;
        }
        console.accept(SqlAlchemy.MISSING);
        return entrants.stream().filter(entrant -> !entrant.isPython()).toList();
    }

    private static ContestantProcess start(Entrant entrant, Target target, Settings settings) throws IOException {
        var directory = Files.createDirectories(settings.directory().resolve("bench"));
        var command = entrant.isPython() ? SqlAlchemy.command(entrant, directory) : command(entrant);
        return new ContestantProcess(entrant, command, target, directory.resolve(entrant.title() + ".log"), PATIENCE);
    }

    private static List<String> command(Entrant entrant) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djmh.ignoreLock=true", // they take turns
                "-XX:CompileThresholdScaling=0.2", // a service has been up for longer than a measure lasts
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                ContestantMain.class.getName(),
                entrant.title());
    }
}
