package dev.rowan.bench.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Checks that {@code docs/benchmarks.md} lists every contestant under the id that users type. */
final class BenchmarksPageTest {

    @Test
    void everyContestantIsOnThePage() throws IOException {
        var rows = Files.readAllLines(Path.of("../docs/benchmarks.md")).stream()
                .dropWhile(line -> !line.equals("| contestant | what it is |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertEquals(
                Arrays.stream(Contestant.values())
                        .map(contestant -> "| `" + contestant.id() + "` | " + contestant.label() + " |")
                        .toList(),
                rows);
    }
}
