package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EverybodyTest {

    @Test
    void everybodyDoesEveryMeasureAndGivesTheSameAnswers(@TempDir Path directory) throws Exception {
        var measures = List.of(Measure.values());
        var settings =
                new Settings(Effort.ONCE, measures, List.of(Entrant.values()), directory, ServerOptions.fromSystem());
        var console = new ArrayList<String>();

        Report report;
        List<Path> written;
        try (var server = DatabaseServer.start(settings.server())) {
            report = Main.report(settings, server, console::add);
            written = report.write(directory);
        }

        if (SqlAlchemy.version().isEmpty()) {
            assertEquals(SqlAlchemy.MISSING, console.removeFirst());
        }
        assertEquals(measures.size() - 1, console.size(), () -> String.join("\n", console));
        assertEquals(
                List.of("bench.txt", "bench.md", "bench.svg"),
                written.stream()
                        .map(file -> directory.relativize(file).toString())
                        .toList());
        assertTrue(written.stream().allMatch(Files::exists));
        assertTrue(report.results().notes().isEmpty());
    }
}
