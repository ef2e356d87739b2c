package dev.rowan.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.protocol.IterationResult;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContestResultsTest {

    private final SampleResults sample = new SampleResults();
    private final ContestResults results = sample.results();

    @Test
    void theFigureIsTheMedianOfTheRounds() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 9_000, 1_000, 2_000, 3_000, 2_500);

        assertEquals("2.50", figure(Measure.FIND, Contestant.ROWAN));
    }

    @Test
    void theRatioOfATimeIsRowansTimeOverTheirs() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000);
        sample.rounds(Measure.FIND, Contestant.RAW, 100_000);

        assertEquals(Optional.of(0.5), results.ratio(Measure.FIND, Contestant.RAW));
    }

    @Test
    void theRatioOfARateIsRowansRateOverTheirs() {
        sample.rounds(Measure.LOAD, Contestant.ROWAN, 5_000);
        sample.rounds(Measure.LOAD, Contestant.RAW, 10_000);

        assertEquals(Optional.of(2.0), results.ratio(Measure.LOAD, Contestant.RAW));
        assertEquals("200000", figure(Measure.LOAD, Contestant.ROWAN));
    }

    @Test
    void rawJdbcIsNoPeer() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000);
        sample.rounds(Measure.FIND, Contestant.RAW, 60_000);
        sample.rounds(Measure.FIND, Contestant.RAW_DEFAULTS, 70_000);

        assertEquals(Optional.empty(), results.bestPeer(Measure.FIND));
        assertEquals("find 50.0 60.0 - 0.83 -", new Comparison(Measure.FIND, results).dataLine());
    }

    @Test
    void theFastestInQualifyingAreFinalistsWithRowanAndRawJdbc() {
        sample.qualifying(Measure.LOAD, Contestant.ROWAN, 90_000);
        sample.qualifying(Measure.LOAD, Contestant.RAW, 80_000);
        sample.qualifying(Measure.LOAD, Contestant.JOOQ, 10_000);
        sample.qualifying(Measure.LOAD, Contestant.JDBI, 30_000);
        sample.qualifying(Measure.LOAD, Contestant.EBEAN, 20_000);
        sample.qualifying(Measure.LOAD, Contestant.MYBATIS, 5_000);
        results.disqualify(Measure.LOAD, Contestant.MYBATIS, "load: failed");

        assertEquals(
                Set.of(Contestant.ROWAN, Contestant.RAW, Contestant.JOOQ, Contestant.EBEAN),
                results.finalists(Measure.LOAD, 4));
    }

    @Test
    void anEliminatedContestantKeepsItsFigureButIsNotTheBestPeer() {
        sample.qualifying(Measure.FIND, Contestant.JOOQ, 10_000);
        sample.qualifying(Measure.FIND, Contestant.JDBI, 9_000);
        sample.rounds(Measure.FIND, Contestant.JOOQ, 20_000, 20_000);

        assertEquals("20.0", figure(Measure.FIND, Contestant.JOOQ));
        assertEquals("9.00", figure(Measure.FIND, Contestant.JDBI));
        assertTrue(results.isEliminated(Measure.FIND, Contestant.JDBI));
        assertEquals(Optional.of(Contestant.JOOQ), results.bestPeer(Measure.FIND));
    }

    @Test
    void withoutRoundsTheFiguresAreThoseOfQualifying() {
        sample.qualifying(Measure.FIND, Contestant.JOOQ, 10_000);

        assertEquals(Optional.of(Contestant.JOOQ), results.bestPeer(Measure.FIND));
        assertFalse(results.isEliminated(Measure.FIND, Contestant.JOOQ));
    }

    @Test
    void findBytesTakesTheIterationsOfFind() {
        results.addRound(Measure.FIND, Contestant.ROWAN, new IterationResult(1, 7_000, 0));
        results.addRound(Measure.FIND, Contestant.JOOQ, new IterationResult(1, 14_000, 0));

        assertEquals("find-bytes 7000 - 14000 - 0.50", new Comparison(Measure.FIND_BYTES, results).dataLine());
    }

    @Test
    void aDisqualifiedContestantHasNoFigureInThatMeasure() {
        sample.rounds(Measure.FIND, Contestant.JOOQ, 10_000);
        sample.rounds(Measure.OPEN, Contestant.JOOQ, 10_000);
        results.disqualify(Measure.FIND, Contestant.JOOQ, "find: failed");

        assertEquals(Optional.empty(), results.summary(Measure.FIND, Contestant.JOOQ));
        assertTrue(results.summary(Measure.OPEN, Contestant.JOOQ).isPresent());
    }

    @Test
    void figuresWithAWideInterquartileRangeAreNoisy() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 100, 100, 101, 102, 200);
        sample.rounds(Measure.FIND, Contestant.RAW, 100, 80, 120, 90, 110);

        assertFalse(
                results.summary(Measure.FIND, Contestant.ROWAN).orElseThrow().isNoisy());
        assertTrue(results.summary(Measure.FIND, Contestant.RAW).orElseThrow().isNoisy());
    }

    private String figure(Measure measure, Contestant contestant) {
        return new Comparison(measure, results).figure(Optional.of(contestant));
    }
}
