package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.ContestantProcess.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContestantProcessTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aTurnComesBackAsItWasSent() throws Exception {
        var turn = new Turn(1234.5, Double.NaN, -7);
        try (var contestant = shell("read command; echo '" + turn.line() + "'", LONG)) {
            assertEquals(Optional.of(turn), turn(contestant));
        }
    }

    @Test
    void whatAContestantCannotDoIsNoFailure() throws Exception {
        try (var contestant = shell("read command; echo cannot", LONG)) {
            assertEquals(Optional.empty(), turn(contestant));
        }
    }

    @Test
    void aFailureNamesTheContestantAndWhereToReadMore() throws Exception {
        try (var contestant = shell("read command; echo 'failed: no such table'; read command", LONG)) {
            var failure = assertThrows(Failure.class, () -> turn(contestant));
            assertTrue(message(failure).startsWith("jooq failed: no such table (more in "), () -> message(failure));
            assertFalse(contestant.hasEnded());
        }
    }

    @Test
    void aContestantThatDiesIsReportedByName() throws Exception {
        try (var contestant = shell("read command; exit 3", LONG)) {
            var failure = assertThrows(Failure.class, () -> turn(contestant));
            assertTrue(message(failure).startsWith("jooq has ended by itself"), () -> message(failure));
            assertTrue(contestant.hasEnded());
            assertThrows(Failure.class, () -> turn(contestant));
        }
    }

    @Test
    void aContestantThatHangsIsEnded() throws Exception {
        try (var contestant = shell("while read command; do :; done", Duration.ofMillis(100))) {
            var failure = assertThrows(Failure.class, () -> turn(contestant));
            assertTrue(message(failure).startsWith("jooq took longer than"), () -> message(failure));
            assertTrue(contestant.hasEnded());
        }
    }

    private ContestantProcess shell(String script, Duration patience) throws IOException {
        var target = new Target("jdbc:mysql://localhost:1/none", "nobody", "");
        return new ContestantProcess(
                Entrant.JOOQ, List.of("sh", "-c", script), target, directory.resolve("log"), patience);
    }

    private static String message(Failure failure) {
        return String.valueOf(failure.getMessage());
    }

    private static Optional<Turn> turn(ContestantProcess contestant) throws Failure, InterruptedException {
        return contestant.turn(Measure.FIND, 1, 0, Duration.ZERO, 1);
    }
}
