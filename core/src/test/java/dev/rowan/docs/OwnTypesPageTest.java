package dev.rowan.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that the configuration lines in {@code docs/own-types.md} are the ones that this build uses. */
class OwnTypesPageTest {

    @Test
    void thePageShowsTheConfigurationOfThisBuild() throws IOException {
        var lines = lines(Path.of("../docs/own-types.md"));

        assertFalse(lines.isEmpty());
        assertEquals(lines(Path.of("pom.xml")), lines);
    }

    private static List<String> lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith("<type>") && line.contains(" = "))
                    .toList();
        }
    }
}
