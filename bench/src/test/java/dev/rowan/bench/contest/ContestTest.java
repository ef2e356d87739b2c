package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class ContestTest {

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("bench/changelog.sql");

    @TempDir
    Path directory;

    @Test
    void whenOneDiesTheOthersGoOn() throws Exception {
        var results = contest(
                3,
                contestant(Entrant.ROWAN, "while read command; do echo 'did 1000 1 7'; done"),
                contestant(Entrant.JOOQ, "read command; echo 'did 3000 1 7'; exit"),
                contestant(Entrant.RAW, "while read command; do echo 'did 2000 1 7'; done"));

        assertEquals(Optional.of(0.5), results.ratio(Measure.FIND, Entrant.RAW));
        assertEquals(Optional.of(0.5), results.ratio(Measure.READ_10000, Entrant.RAW));
        assertEquals(Optional.empty(), results.figures(Measure.FIND, Entrant.JOOQ));
        assertEquals(1, results.notes().size());
        assertTrue(results.notes().getFirst().startsWith("find: jooq has ended by itself"), results.notes()::getFirst);
    }

    @Test
    void whoGivesAnotherAnswerThanRawHasNoFigure() throws Exception {
        var results = contest(
                2,
                contestant(Entrant.JOOQ, "while read command; do echo 'did 3000 1 8'; done"),
                contestant(Entrant.RAW, "while read command; do echo 'did 2000 1 7'; done"));

        assertEquals(Optional.empty(), results.figures(Measure.FIND, Entrant.JOOQ));
        assertTrue(results.figures(Measure.FIND, Entrant.RAW).isPresent());
        assertEquals("find: jooq gave another answer than raw.", results.notes().getFirst());
    }

    @Test
    void whoIsNotFastEnoughInTheHeatHasNoOtherTurn() throws Exception {
        var results = contest(
                2,
                contestant(Entrant.JOOQ, "while read command; do echo 'did 3000 1 7'; done"),
                contestant(Entrant.RAW, "while read command; do echo 'did 9000 1 7'; done"),
                contestant(
                        Entrant.JDBI,
                        "read command; echo 'did 2000 1 7'; while read command; do echo 'did 1000 1 7'; done"));

        assertTrue(results.isOut(Measure.FIND, Entrant.JOOQ));
        assertEquals(2, results.figures(Measure.FIND, Entrant.RAW).orElseThrow().rounds());
        var jdbi = results.figures(Measure.FIND, Entrant.JDBI).orElseThrow();
        assertEquals(2, jdbi.rounds());
        assertEquals(1, jdbi.median(), "µs, without the heat");
    }

    @Test
    void whoFailsInARoundHasNoOtherTurnInThatMeasure() throws Exception {
        var results = contest(
                3,
                contestant(Entrant.RAW, "while read command; do echo 'did 2000 1 7'; done"),
                contestant(
                        Entrant.JOOQ,
                        "read command; echo 'did 3000 1 7'; while read command; do case $command in"
                                + " find*) echo 'failed again';; *) echo 'did 3000 1 7';; esac; done"));

        assertEquals(Optional.empty(), results.figures(Measure.FIND, Entrant.JOOQ));
        assertEquals(1, results.notes().size(), () -> results.notes().toString());
        assertEquals(
                2,
                results.figures(Measure.READ_10000, Entrant.JOOQ).orElseThrow().rounds());
    }

    private static Results contest(int finalists, ContestantProcess... contestants) throws Exception {
        try (var connection = DB.dataSource().getConnection();
                var durability = new Durability(connection)) {
            var effort = new Effort(9, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.001, 1, finalists);
            return new Contest(effort, new Tables(connection), durability, List.of(contestants), line -> {})
                    .run(List.of(Measure.FIND, Measure.READ_10000));
        } finally {
            List.of(contestants).forEach(ContestantProcess::close);
        }
    }

    private ContestantProcess contestant(Entrant entrant, String script) throws IOException {
        return new ContestantProcess(
                entrant,
                List.of("sh", "-c", script),
                new Target("", "", ""),
                directory.resolve(entrant.title()),
                Duration.ofMinutes(1));
    }
}
