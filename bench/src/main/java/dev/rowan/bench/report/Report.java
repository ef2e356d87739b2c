package dev.rowan.bench.report;

import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.config.Unit;
import dev.rowan.bench.result.Comparison;
import dev.rowan.bench.result.ContestResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The results as files: {@code bench.txt} for programs, {@code bench.md} for people, and the chart {@code bench.svg}.
 *
 * @param measures the requested measures
 * @param environment the lines that {@link RunEnvironment} returns
 */
public record Report(List<Measure> measures, ContestResults results, List<String> environment) {

    /** Writes the files, and returns their paths. */
    public List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                Files.writeString(directory.resolve("bench.txt"), data()),
                Files.writeString(directory.resolve("bench.md"), markdown()),
                Files.writeString(directory.resolve("bench.svg"), new SpeedChart(comparisons()).svg()));
    }

    /** Returns a comment line that names columns and units, then a line for each measure. */
    public String data() {
        var units = Arrays.stream(Unit.values())
                .filter(unit -> !reported(unit).isEmpty())
                .map(unit -> unit.description() + ": "
                        + reported(unit).stream().map(Measure::id).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return "# measure rowan raw best-peer ratio-raw ratio-best | a ratio is Rowan's cost over theirs, for calls/s and"
                + " rows/s Rowan's rate over theirs | " + units + "\n"
                + comparisons().stream()
                        .map(comparison -> comparison.dataLine() + "\n")
                        .collect(Collectors.joining());
    }

    String markdown() {
        var text = new StringBuilder("# Rowan, raw JDBC and the peers\n\n");
        environment.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append(
                "\nFigures are medians of the rounds. ± marks a noisy figure: the interquartile range in per cent of"
                        + " the median. × is Rowan's cost divided by theirs or, for calls/s and rows/s, Rowan's rate divided by"
                        + " theirs.\n\n");
        text.append(comparisonTable());
        text.append("\n## All contestants\n\n").append(allContestantsTable());
        if (Arrays.stream(Contestant.values()).anyMatch(this::isEliminatedAnywhere)) {
            text.append(
                    "\nIn parentheses: the qualifying iteration, after a short warm-up, of a contestant that was not"
                            + " fast enough for the rounds.\n");
        }
        text.append("\n## What is measured\n\n");
        for (var measure : reported()) {
            text.append("- `")
                    .append(measure.id())
                    .append("`: ")
                    .append(measure.description())
                    .append(".\n");
        }
        text.append("\n## Notes\n\n");
        results.ratio(Measure.PAGE_1000000, Contestant.RAW)
                .ifPresent(any -> text.append("- Rowan's last page costs ")
                        .append(lastPageOverFirst())
                        .append(" times the first.\n"));
        results.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private String comparisonTable() {
        var text = new StringBuilder("""
                | measure | unit | Rowan | raw | × | best peer | × | rounds |
                | --- | --- | ---: | ---: | ---: | --- | ---: | ---: |
                """);
        for (var comparison : comparisons()) {
            var measure = comparison.measure();
            text.append(row(
                    measure.id(),
                    measure.unit().symbol(),
                    cell(measure, Contestant.ROWAN),
                    cell(measure, Contestant.RAW),
                    comparison.ratio(Optional.of(Contestant.RAW)),
                    comparison
                            .bestPeer()
                            .map(best -> best.label() + ", " + cell(measure, best))
                            .orElse("-"),
                    comparison.ratio(comparison.bestPeer()),
                    results.summary(measure, Contestant.ROWAN)
                            .map(summary -> String.valueOf(summary.iterations()))
                            .orElse("-")));
        }
        return text.toString();
    }

    private String allContestantsTable() {
        var contestants = Arrays.stream(Contestant.values())
                .filter(contestant -> reported().stream()
                        .anyMatch(
                                measure -> results.summary(measure, contestant).isPresent()))
                .toList();
        var labels = contestants.stream().map(Contestant::label).collect(Collectors.joining(" | "));
        var text = new StringBuilder(
                "| measure | unit | " + labels + " |\n| --- | --- |" + " ---: |".repeat(contestants.size()) + "\n");
        for (var measure : reported()) {
            var figures = contestants.stream()
                    .map(contestant -> results.isEliminated(measure, contestant)
                            ? "(" + cell(measure, contestant) + ")"
                            : cell(measure, contestant))
                    .collect(Collectors.joining(" | "));
            text.append(row(measure.id(), measure.unit().symbol(), figures));
        }
        return text.toString();
    }

    private boolean isEliminatedAnywhere(Contestant contestant) {
        return reported().stream().anyMatch(measure -> results.isEliminated(measure, contestant));
    }

    private String lastPageOverFirst() {
        return results.summary(Measure.PAGE_1, Contestant.ROWAN)
                .flatMap(first -> results.summary(Measure.PAGE_1000000, Contestant.ROWAN)
                        .map(last -> String.format(Locale.ROOT, "%.2f", last.median() / first.median())))
                .orElse("-");
    }

    private String cell(Measure measure, Contestant contestant) {
        return new Comparison(measure, results).figureWithSpread(Optional.of(contestant));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private List<Comparison> comparisons() {
        return reported().stream()
                .map(measure -> new Comparison(measure, results))
                .toList();
    }

    private List<Measure> reported(Unit unit) {
        return reported().stream().filter(measure -> measure.unit() == unit).toList();
    }

    private List<Measure> reported() {
        return measures.stream().filter(measure -> !measure.isReferenceOnly()).toList();
    }
}
