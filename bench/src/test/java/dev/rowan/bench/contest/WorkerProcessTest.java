package dev.rowan.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.contest.WorkerProcess.WorkerException;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.protocol.IterationRequest;
import dev.rowan.bench.protocol.IterationResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerProcessTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aResultIsReadAsItWasSent() throws Exception {
        var result = new IterationResult(1234.5, Double.NaN, -7);
        try (var worker = shell("read request; echo '" + result.line() + "'", LONG)) {
            assertEquals(Optional.of(result), run(worker));
        }
    }

    @Test
    void anUnsupportedMeasureHasNoResult() throws Exception {
        try (var worker = shell("read request; echo unsupported", LONG)) {
            assertEquals(Optional.empty(), run(worker));
        }
    }

    @Test
    void aFailureNamesTheContestantAndItsLog() throws Exception {
        try (var worker = shell("read request; echo 'failed no such table'; read request", LONG)) {
            var failure = assertThrows(WorkerException.class, () -> run(worker));
            assertTrue(message(failure).startsWith("jooq failed no such table (log: "), () -> message(failure));
            assertFalse(worker.hasEnded());
        }
    }

    @Test
    void anEndedWorkerIsReportedByTheNameOfItsContestant() throws Exception {
        try (var worker = shell("read request; exit 3", LONG)) {
            var failure = assertThrows(WorkerException.class, () -> run(worker));
            assertTrue(message(failure).startsWith("jooq ended unexpectedly"), () -> message(failure));
            assertTrue(worker.hasEnded());
            assertThrows(WorkerException.class, () -> run(worker));
        }
    }

    @Test
    void aWorkerThatHangsIsKilled() throws Exception {
        try (var worker = shell("while read request; do :; done", Duration.ofMillis(100))) {
            var failure = assertThrows(WorkerException.class, () -> run(worker));
            assertTrue(message(failure).startsWith("jooq took longer than"), () -> message(failure));
            assertTrue(worker.hasEnded());
        }
    }

    private WorkerProcess shell(String script, Duration timeout) throws IOException {
        var details = new ConnectionDetails("jdbc:mysql://localhost:1/none", "nobody", "");
        return new WorkerProcess(
                Contestant.JOOQ, List.of("sh", "-c", script), details, directory.resolve("log"), timeout);
    }

    private static String message(WorkerException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static Optional<IterationResult> run(WorkerProcess worker) throws WorkerException, InterruptedException {
        return worker.run(new IterationRequest(Measure.FIND, 1, 0, Duration.ZERO, 1));
    }
}
