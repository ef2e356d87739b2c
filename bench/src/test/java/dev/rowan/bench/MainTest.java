package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.bench.config.Measure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {

    @Test
    void anInvalidOptionIsOneLineAndExitCode2(@TempDir Path directory) throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbench.measures=fnd",
                        "-Dbench.directory=" + directory,
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        var lines = program.inputReader().lines().toList();

        assertEquals(2, program.waitFor());
        assertEquals(
                List.of(assertThrows(IllegalArgumentException.class, () -> Measure.withId("fnd"))
                        .getMessage()),
                lines);
    }
}
