package dev.rowan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The results as files: {@code bench.txt} for programs, {@code bench.md} for readers, {@code bench.svg} for a glance.
 *
 * @param measures what was asked for
 * @param machine where that was, and how: a line each
 */
record Report(List<Measure> measures, Results results, List<String> machine) {

    /** Writes the files, and returns where they lie. */
    List<Path> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                Files.writeString(directory.resolve("bench.txt"), text()),
                Files.writeString(directory.resolve("bench.md"), markdown()),
                Files.writeString(directory.resolve("bench.svg"), new Chart(lines()).svg()));
    }

    /** Returns a head line that names columns and units, and a line for each measure. */
    String text() {
        var units = Arrays.stream(Unit.values())
                .map(unit -> unit.words() + ": " + titles(unit))
                .filter(words -> !words.endsWith(": "))
                .collect(Collectors.joining("; "));
        return "# measure rowan raw best-peer ratio-raw ratio-best | a ratio is Rowan's cost over theirs, for calls/s and"
                + " rows/s Rowan's rate over theirs | " + units + "\n"
                + lines().stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    }

    private String titles(Unit unit) {
        return shown().stream()
                .filter(measure -> measure.unit() == unit)
                .map(Measure::title)
                .collect(Collectors.joining(", "));
    }

    String markdown() {
        var text = new StringBuilder("# Rowan, raw JDBC and the peers\n\n");
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append(
                        "\nMedians of the rounds. A figure with ± is noisy: the middle half of its rounds is as wide as that.")
                .append(" × is Rowan's cost over theirs, or Rowan's rate over theirs.\n\n");
        text.append(
                "| measure | unit | Rowan | raw | × | best peer | × | rounds |\n| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |\n");
        for (var line : lines()) {
            text.append(row(
                    line.measure().title(),
                    line.measure().unit().symbol(),
                    cell(line.measure(), Entrant.ROWAN),
                    cell(line.measure(), Entrant.RAW),
                    line.ratio(Optional.of(Entrant.RAW)),
                    line.bestPeer()
                            .map(best -> best.words() + ", " + cell(line.measure(), best))
                            .orElse("-"),
                    line.ratio(line.bestPeer()),
                    results.figures(line.measure(), Entrant.ROWAN)
                            .map(figures -> String.valueOf(figures.rounds()))
                            .orElse("-")));
        }
        text.append("\n## All of them\n\n").append(everybody());
        if (Arrays.stream(Entrant.values()).anyMatch(this::isOutSomewhere)) {
            text.append(
                    "\nIn parentheses: the one turn of a heat, hardly warmed up, of who was not fast enough to go on.\n");
        }
        text.append("\n## What is measured\n\n");
        for (var measure : shown()) {
            text.append("- `")
                    .append(measure.title())
                    .append("`: ")
                    .append(measure.words())
                    .append(".\n");
        }
        text.append("\n## Notes\n\n");
        results.ratio(Measure.PAGE_1000000, Entrant.RAW)
                .ifPresent(any ->
                        text.append("- The last page costs ").append(depth()).append(" times the first.\n"));
        results.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private String everybody() {
        var entrants = Arrays.stream(Entrant.values())
                .filter(entrant -> shown().stream()
                        .anyMatch(measure -> results.figures(measure, entrant).isPresent()))
                .toList();
        var head = entrants.stream().map(Entrant::words).collect(Collectors.joining(" | "));
        var text = new StringBuilder(
                "| measure | unit | " + head + " |\n| --- | --- |" + " ---: |".repeat(entrants.size()) + "\n");
        for (var measure : shown()) {
            text.append("| ")
                    .append(measure.title())
                    .append(" | ")
                    .append(measure.unit().symbol())
                    .append(" | ")
                    .append(entrants.stream()
                            .map(entrant -> results.isOut(measure, entrant)
                                    ? "(" + cell(measure, entrant) + ")"
                                    : cell(measure, entrant))
                            .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private boolean isOutSomewhere(Entrant entrant) {
        return shown().stream().anyMatch(measure -> results.isOut(measure, entrant));
    }

    /** Returns how much more the last page costs than the first, of Rowan. */
    private String depth() {
        return results.figures(Measure.PAGE_1, Entrant.ROWAN)
                .flatMap(first -> results.figures(Measure.PAGE_1000000, Entrant.ROWAN)
                        .map(last -> String.format(Locale.ROOT, "%.2f", last.median() / first.median())))
                .orElse("-");
    }

    private String cell(Measure measure, Entrant entrant) {
        return new Line(measure, results).spread(Optional.of(entrant));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private List<Line> lines() {
        return shown().stream().map(measure -> new Line(measure, results)).toList();
    }

    private List<Measure> shown() {
        return measures.stream().filter(measure -> !measure.isHelper()).toList();
    }
}
