package dev.rowan.bench.contest;

import dev.rowan.bench.config.BenchmarkOptions;
import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts worker processes. Their logs go to {@code bench/<contestant>.log} in the directory of the reports. */
final class WorkerLauncher {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private WorkerLauncher() {}

    /** Starts a worker for each contestant. If one does not start, stops the others. */
    static List<WorkerProcess> start(List<Contestant> contestants, ConnectionDetails details, BenchmarkOptions options)
            throws IOException {
        var logs = Files.createDirectories(options.directory().resolve("bench"));
        var workers = new ArrayList<WorkerProcess>();
        try {
            for (var contestant : contestants) {
                var command = contestant.isPython()
                        ? SqlAlchemy.command(contestant, logs)
                        : javaCommand(contestant, options.profile().isTimed());
                var log = logs.resolve(contestant.id() + ".log");
                workers.add(new WorkerProcess(contestant, command, details, log, TIMEOUT));
            }
            return workers;
        } catch (IOException | RuntimeException e) {
            workers.forEach(WorkerProcess::close);
            throw e;
        }
    }

    private static List<String> javaCommand(Contestant contestant, boolean isTimed) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djmh.ignoreLock=true", // safe: the contest sends one request at a time
                isTimed
                        ? "-XX:CompileThresholdScaling=0.2" // compile early: a service runs for longer than a measure
                        : "-XX:TieredStopAtLevel=1", // a short life does not pay for optimised code
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                contestant.id());
    }
}
