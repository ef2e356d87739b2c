package dev.rowan.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.result.Comparison;
import dev.rowan.bench.result.ContestResults;
import dev.rowan.bench.result.SampleResults;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class SpeedChartTest {

    private final SampleResults sample = new SampleResults();
    private final ContestResults results = sample.results();

    @Test
    void theChartIsXmlWithABarForEachMeasureThatHasAPeer() throws Exception {
        sample.rounds(Measure.FIND, Contestant.ROWAN, 50_000);
        sample.rounds(Measure.FIND, Contestant.JOOQ, 60_000);
        sample.rounds(Measure.LOAD, Contestant.ROWAN, 50_000);
        sample.rounds(Measure.LOAD, Contestant.RAW, 1);
        var lines = List.of(new Comparison(Measure.FIND, results), new Comparison(Measure.LOAD, results));
        var chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new SpeedChart(lines).svg())));

        assertEquals(1, chart.getElementsByTagName("rect").getLength());
        assertEquals(1, chart.getElementsByTagName("circle").getLength());
        assertTrue(chart.getDocumentElement().getTextContent().contains("1.20× jOOQ"));
    }
}
