package dev.rowan.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private final SampleResults sample = new SampleResults();
    private final ContestResults results = sample.results();

    @Test
    void theConsoleLineShowsTheSpreadOfNoisyFigures() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000, 50_000, 50_500);
        sample.rounds(Measure.FIND, Contestant.RAW, 100_000, 80_000, 120_000, 90_000, 110_000);
        sample.rounds(Measure.FIND, Contestant.JDBI, 200_000);

        assertEquals(
                "find (µs): Rowan 50.0, raw 100.0 ± 20 % (0.50 ×), best peer Jdbi 200.0 (0.25 ×)",
                new Comparison(Measure.FIND, results).consoleLine());
    }

    @Test
    void theConsoleLineLeavesOutContestantsWithoutAFigure() {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000);

        assertEquals("find (µs): Rowan 50.0", new Comparison(Measure.FIND, results).consoleLine());
    }
}
