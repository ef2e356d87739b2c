package dev.rowan.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.result.ContestResults;
import dev.rowan.bench.result.SampleResults;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private final SampleResults sample = new SampleResults();
    private final ContestResults results = sample.results();

    @Test
    void theDataFileHasACommentWithTheUnitsAndALineForEachRequestedMeasure() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000);
        sample.rounds(Measure.PAGE_1, Contestant.ROWAN, 50_000);
        var lines = new Report(List.of(Measure.FIND, Measure.PAGE_1, Measure.LOAD), results, List.of())
                .data()
                .lines()
                .toList();

        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("# measure rowan raw best-peer ratio-raw ratio-best"), lines.get(0));
        assertTrue(lines.get(0).endsWith("µs per call: find; rows per second: load"), lines.get(0));
        assertEquals("find 50.0 - - - -", lines.get(1));
        assertEquals("load - - - - -", lines.get(2));
    }

    @Test
    void anEliminatedContestantsFigureIsInParentheses() {
        sample.qualifying(Measure.FIND, Contestant.JOOQ, 10_000);
        sample.qualifying(Measure.FIND, Contestant.JDBI, 9_000);
        sample.rounds(Measure.FIND, Contestant.JOOQ, 20_000, 20_000);

        var report = new Report(List.of(Measure.FIND), results, List.of()).markdown();

        assertTrue(report.contains("| find | µs | 20.0 | (9.00) |"), report);
    }
}
