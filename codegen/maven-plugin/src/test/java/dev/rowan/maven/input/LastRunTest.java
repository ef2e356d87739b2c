package dev.rowan.maven.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detection of changes to the sources of the last run. */
final class LastRunTest {

    @TempDir
    private Path directory;

    private Path source;
    private LastRun lastRun;

    @BeforeEach
    void saveRun() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        source = Files.writeString(sources.resolve("Cats.java"), "class Cats {}");
        lastRun = new LastRun(directory.resolve("state/default"), sources);
        lastRun.save("a1", List.of("cats.sql"));
    }

    @Test
    void unchangedSourcesMatch() throws IOException {
        assertTrue(lastRun.matches("a1"));
        assertEquals(1, lastRun.sourceCount());
        assertEquals(Set.of("cats.sql"), lastRun.read());
    }

    @Test
    void anotherFingerprintDoesNotMatch() throws IOException {
        assertFalse(lastRun.matches("b2"));
    }

    @Test
    void anEditedSourceDoesNotMatch() throws IOException {
        Files.writeString(source, "class Cats { }");

        assertFalse(lastRun.matches("a1"));
    }

    @Test
    void aDeletedSourceDoesNotMatch() throws IOException {
        Files.delete(source);

        assertFalse(lastRun.matches("a1"));
    }

    @Test
    void aRunThatFailedDoesNotMatch() throws IOException {
        lastRun.delete();

        assertFalse(lastRun.matches("a1"));
    }
}
