package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of contestants in {@code docs/benchmarks.md} has every contestant, by the name that is typed. */
final class BenchmarksPageTest {

    @Test
    void everyContestantIsOnThePage() throws IOException {
        var rows = Files.readAllLines(Path.of("../docs/benchmarks.md")).stream()
                .dropWhile(line -> !line.equals("| contestant | what it is |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertEquals(
                Arrays.stream(Entrant.values())
                        .map(entrant -> "| `" + entrant.title() + "` | " + entrant.words() + " |")
                        .toList(),
                rows);
    }
}
