package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.bench.config.BenchmarkOptions;
import dev.rowan.bench.config.Contestant;
import dev.rowan.bench.config.Measure;
import dev.rowan.bench.config.RunProfile;
import dev.rowan.bench.contest.SqlAlchemy;
import dev.rowan.bench.report.Report;
import dev.rowan.db.DatabaseServer;
import dev.rowan.db.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllContestantsTest {

    @Test
    void everyContestantRunsEveryMeasureWithTheSameResult(@TempDir Path directory) throws Exception {
        var measures = List.of(Measure.values());
        var options = new BenchmarkOptions(
                RunProfile.VERIFY_ONLY, measures, List.of(Contestant.values()), directory, ServerOptions.fromSystem());
        var console = new ArrayList<String>();

        Report report;
        List<Path> written;
        try (var server = DatabaseServer.start(options.server())) {
            report = BenchmarkRun.run(options, server, console::add);
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
