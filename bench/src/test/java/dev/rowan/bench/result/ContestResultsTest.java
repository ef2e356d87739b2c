package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class ResultsTest {

    private final Results results = new Results();

    @Test
    void theFigureIsTheMedianOfTheRounds() {
        took(Measure.FIND, Entrant.ROWAN, 9_000, 1_000, 2_000, 3_000, 2_500);

        assertEquals("2.50", figure(Measure.FIND, Entrant.ROWAN));
    }

    @Test
    void theRatioOfATimeIsRowansTimeOverTheirs() {
        took(Measure.FIND, Entrant.ROWAN, 50_000);
        took(Measure.FIND, Entrant.RAW, 100_000);

        assertEquals(Optional.of(0.5), results.ratio(Measure.FIND, Entrant.RAW));
    }

    @Test
    void theRatioOfARateIsRowansRateOverTheirs() {
        took(Measure.LOAD, Entrant.ROWAN, 5_000);
        took(Measure.LOAD, Entrant.RAW, 10_000);

        assertEquals(Optional.of(2.0), results.ratio(Measure.LOAD, Entrant.RAW));
        assertEquals("200000", figure(Measure.LOAD, Entrant.ROWAN));
    }

    @Test
    void rawJdbcIsNoPeer() {
        took(Measure.FIND, Entrant.ROWAN, 50_000);
        took(Measure.FIND, Entrant.RAW, 60_000);
        took(Measure.FIND, Entrant.RAW_DEFAULTS, 70_000);

        assertEquals(Optional.empty(), results.bestPeer(Measure.FIND));
        assertEquals("find 50.0 60.0 - 0.83 -", new Line(Measure.FIND, results).text());
    }

    @Test
    void theFastestOfTheHeatGoOnWithRowanAndRawJdbc() {
        heat(Measure.LOAD, Entrant.ROWAN, 90_000);
        heat(Measure.LOAD, Entrant.RAW, 80_000);
        heat(Measure.LOAD, Entrant.JOOQ, 10_000);
        heat(Measure.LOAD, Entrant.JDBI, 30_000);
        heat(Measure.LOAD, Entrant.EBEAN, 20_000);
        heat(Measure.LOAD, Entrant.MYBATIS, 5_000);
        results.leaveOut(Measure.LOAD, Entrant.MYBATIS);

        assertEquals(
                Set.of(Entrant.ROWAN, Entrant.RAW, Entrant.JOOQ, Entrant.EBEAN), results.finalists(Measure.LOAD, 4));
    }

    @Test
    void whoWasOutAfterTheHeatKeepsItsFigureButIsNotTheBest() {
        heat(Measure.FIND, Entrant.JOOQ, 10_000);
        heat(Measure.FIND, Entrant.JDBI, 9_000);
        took(Measure.FIND, Entrant.JOOQ, 20_000, 20_000);

        assertEquals("20.0", figure(Measure.FIND, Entrant.JOOQ));
        assertEquals("9.00", figure(Measure.FIND, Entrant.JDBI));
        assertTrue(results.isOut(Measure.FIND, Entrant.JDBI));
        assertEquals(Optional.of(Entrant.JOOQ), results.bestPeer(Measure.FIND));
        var report = new Report(List.of(Measure.FIND), results, List.of()).markdown();
        assertTrue(report.contains("| find | µs | 20.0 | (9.00) |"), report);
    }

    @Test
    void withoutRoundsTheFiguresAreThoseOfTheHeats() {
        heat(Measure.FIND, Entrant.JOOQ, 10_000);

        assertEquals(Optional.of(Entrant.JOOQ), results.bestPeer(Measure.FIND));
        assertFalse(results.isOut(Measure.FIND, Entrant.JOOQ));
    }

    @Test
    void bytesComeFromTheTurnsOfFind() {
        results.add(Measure.FIND, Entrant.ROWAN, new Turn(1, 7_000, 0));
        results.add(Measure.FIND, Entrant.JOOQ, new Turn(1, 14_000, 0));

        assertEquals("find-bytes 7000 - 14000 - 0.50", new Line(Measure.FIND_BYTES, results).text());
    }

    @Test
    void whoIsLeftOutOfAMeasureHasNoFigureInIt() {
        took(Measure.FIND, Entrant.JOOQ, 10_000);
        took(Measure.OPEN, Entrant.JOOQ, 10_000);
        results.leaveOut(Measure.FIND, Entrant.JOOQ);

        assertEquals(Optional.empty(), results.figures(Measure.FIND, Entrant.JOOQ));
        assertTrue(results.figures(Measure.OPEN, Entrant.JOOQ).isPresent());
    }

    @Test
    void figuresWhoseMiddleHalfIsWideAreNoisy() {
        took(Measure.FIND, Entrant.ROWAN, 100, 100, 101, 102, 200);
        took(Measure.FIND, Entrant.RAW, 100, 80, 120, 90, 110);

        assertFalse(results.figures(Measure.FIND, Entrant.ROWAN).orElseThrow().isNoisy());
        assertTrue(results.figures(Measure.FIND, Entrant.RAW).orElseThrow().isNoisy());
    }

    @Test
    void whoWaitsIsToldHowWideTheMiddleHalfIsWhereItIsWide() {
        took(Measure.FIND, Entrant.ROWAN, 50_000, 50_000, 50_500);
        took(Measure.FIND, Entrant.RAW, 100_000, 80_000, 120_000, 90_000, 110_000);
        took(Measure.FIND, Entrant.JDBI, 200_000);

        assertEquals(
                "find (µs): Rowan 50.0, raw 100.0 ± 20 % (0.50 ×), best peer Jdbi 200.0 (0.25 ×)",
                new Line(Measure.FIND, results).words());
    }

    @Test
    void whoWaitsIsToldNothingOfWhoTookNoPart() {
        took(Measure.FIND, Entrant.ROWAN, 50_000);

        assertEquals("find (µs): Rowan 50.0", new Line(Measure.FIND, results).words());
    }

    @Test
    void theReportHasAHeadLineWithTheUnitsAndALineForEachMeasureThatWasAskedFor() {
        took(Measure.FIND, Entrant.ROWAN, 50_000);
        took(Measure.PAGE_1, Entrant.ROWAN, 50_000);
        var lines = new Report(List.of(Measure.FIND, Measure.PAGE_1, Measure.LOAD), results, List.of())
                .text()
                .lines()
                .toList();

        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("# measure rowan raw best-peer ratio-raw ratio-best"), lines.get(0));
        assertTrue(lines.get(0).endsWith("µs per call: find; rows per second: load"), lines.get(0));
        assertEquals("find 50.0 - - - -", lines.get(1));
        assertEquals("load - - - - -", lines.get(2));
    }

    @Test
    void theChartIsXmlWithABarForEachMeasureThatAPeerTookPartIn() throws Exception {
        took(Measure.FIND, Entrant.ROWAN, 50_000);
        took(Measure.FIND, Entrant.JOOQ, 60_000);
        took(Measure.LOAD, Entrant.ROWAN, 50_000);
        took(Measure.LOAD, Entrant.RAW, 1);
        var lines = List.of(new Line(Measure.FIND, results), new Line(Measure.LOAD, results));
        var chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new Chart(lines).svg())));

        assertEquals(1, chart.getElementsByTagName("rect").getLength());
        assertEquals(1, chart.getElementsByTagName("circle").getLength());
        assertTrue(chart.getDocumentElement().getTextContent().contains("1.20× jOOQ"));
    }

    private void heat(Measure measure, Entrant entrant, double nanos) {
        results.addHeat(measure, entrant, new Turn(nanos, Double.NaN, 0));
    }

    private void took(Measure measure, Entrant entrant, double... nanos) {
        for (var each : nanos) {
            results.add(measure, entrant, new Turn(each, Double.NaN, 0));
        }
    }

    private String figure(Measure measure, Entrant entrant) {
        return new Line(measure, results).figure(Optional.of(entrant));
    }
}
