package dev.rowan.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.config.RunProfile;
import dev.rowan.bench.database.CommitDurability;
import dev.rowan.bench.database.ConnectionDetails;
import dev.rowan.bench.database.Dataset;
import dev.rowan.bench.result.ContestResults;
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
    void whenAWorkerDiesTheOthersContinue() throws Exception {
        var results = contest(
                3,
                worker(Contestant.ROWAN, 1_000, 7),
                worker(Contestant.JOOQ, "read request; echo 'result 3000 1 7'; exit"),
                worker(Contestant.RAW, 2_000, 7));

        assertEquals(Optional.of(0.5), results.ratio(Measure.FIND, Contestant.RAW));
        assertEquals(Optional.of(0.5), results.ratio(Measure.READ_10000, Contestant.RAW));
        assertEquals(Optional.empty(), results.summary(Measure.FIND, Contestant.JOOQ));
        assertEquals(1, results.notes().size());
        assertTrue(results.notes().getFirst().startsWith("find: jooq ended unexpectedly"), results.notes()::getFirst);
    }

    @Test
    void aContestantWithAnotherResultThanRawHasNoFigure() throws Exception {
        var results = contest(2, worker(Contestant.JOOQ, 3_000, 8), worker(Contestant.RAW, 2_000, 7));

        assertEquals(Optional.empty(), results.summary(Measure.FIND, Contestant.JOOQ));
        assertTrue(results.summary(Measure.FIND, Contestant.RAW).isPresent());
        assertEquals(
                "find: jooq returned a different result than raw.",
                results.notes().getFirst());
    }

    @Test
    void aContestantTooSlowInQualifyingHasNoRounds() throws Exception {
        var results = contest(
                2,
                worker(Contestant.JOOQ, 3_000, 7),
                worker(Contestant.RAW, 9_000, 7),
                worker(
                        Contestant.JDBI,
                        "read request; echo 'result 2000 1 7'; while read request; do echo 'result 1000 1 7'; done"));

        assertTrue(results.isEliminated(Measure.FIND, Contestant.JOOQ));
        assertEquals(
                2, results.summary(Measure.FIND, Contestant.RAW).orElseThrow().iterations());
        var jdbi = results.summary(Measure.FIND, Contestant.JDBI).orElseThrow();
        assertEquals(2, jdbi.iterations());
        assertEquals(1, jdbi.median(), "µs, without the qualifying iteration");
    }

    @Test
    void aContestantThatFailsInARoundHasNoFurtherRoundInThatMeasure() throws Exception {
        var results = contest(
                3,
                worker(Contestant.RAW, 2_000, 7),
                worker(
                        Contestant.JOOQ,
                        "read request; echo 'result 3000 1 7'; while read request; do case $request in"
                                + " find*) echo 'failed again';; *) echo 'result 3000 1 7';; esac; done"));

        assertEquals(Optional.empty(), results.summary(Measure.FIND, Contestant.JOOQ));
        assertEquals(1, results.notes().size(), () -> results.notes().toString());
        assertEquals(
                2,
                results.summary(Measure.READ_10000, Contestant.JOOQ)
                        .orElseThrow()
                        .iterations());
    }

    private static ContestResults contest(int finalists, WorkerProcess... workers) throws Exception {
        try (var connection = DB.dataSource().getConnection();
                var durability = new CommitDurability(connection)) {
            var profile = new RunProfile(9, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.001, 1, finalists);
            return new Contest(profile, new Dataset(connection), durability, List.of(workers), line -> {})
                    .run(List.of(Measure.FIND, Measure.READ_10000));
        } finally {
            List.of(workers).forEach(WorkerProcess::close);
        }
    }

    /** Starts a worker whose every iteration takes the same time. */
    private WorkerProcess worker(Contestant contestant, int nanos, int checksum) throws IOException {
        return worker(contestant, "while read request; do echo 'result " + nanos + " 1 " + checksum + "'; done");
    }

    private WorkerProcess worker(Contestant contestant, String script) throws IOException {
        return new WorkerProcess(
                contestant,
                List.of("sh", "-c", script),
                new ConnectionDetails("", "", ""),
                directory.resolve(contestant.id()),
                Duration.ofMinutes(1));
    }
}
