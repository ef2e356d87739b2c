package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EverybodyTest {

    @Test
    void everybodyDoesEveryMeasureAndGivesTheSameAnswers(@TempDir Path directory) throws Exception {
        var measures = List.of(Measure.values());
        var settings = new Settings(Effort.ONCE, measures, List.of(Entrant.values()), directory);
        var console = new ArrayList<String>();

        Report report;
        try (var server = DatabaseServer.start(ServerOptions.fromSystem())) {
            report = Main.report(settings, server, console::add);
            report.write(directory);
        }

        if (SqlAlchemy.version().isEmpty()) assertEquals(SqlAlchemy.MISSING, console.removeFirst());
        assertEquals(measures.size() - 1, console.size(), () -> String.join("\n", console));
        assertTrue(Stream.of("bench.txt", "bench.md", "bench.svg")
                .allMatch(name -> directory.resolve(name).toFile().exists()));
        assertTrue(report.results().notes().isEmpty());
    }
}
