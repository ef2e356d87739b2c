package dev.rowan.bench;

import dev.rowan.bench.config.BenchmarkOptions;
import dev.rowan.bench.database.BenchmarkServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/** The main class of the benchmarks: reads the options, starts the server, runs the contest, and writes the reports. */
final class Main {

    private static final int EXIT_USAGE = 2;
    private static final Duration CLEAN_UP_TIME = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options;
        try {
            options = BenchmarkOptions.of(System.getProperties());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_USAGE);
            return;
        }
        cleanUpOnShutdown(Thread.currentThread());
        try (var started = BenchmarkServer.start(options.server())) {
            var server = started.server();
            System.out.println(
                    "Running on " + server.description() + ". Reports and logs go to " + options.directory() + ".");
            var report = BenchmarkRun.run(options, server, System.out::println);
            var files = report.write(options.directory());
            System.out.println(report.data());
            System.out.println("Reports: " + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
    }

    /**
     * Interrupts the main thread when the process is killed: it then drops its database and restores the server's
     * settings.
     */
    private static void cleanUpOnShutdown(Thread main) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                main.interrupt();
                main.join(CLEAN_UP_TIME);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
