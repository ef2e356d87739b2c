package dev.rowan.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the sources of the last run still stand. */
final class LastRunTest {

    @TempDir
    private Path directory;

    private Path source;
    private LastRun last;

    @BeforeEach
    void run() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        source = Files.writeString(sources.resolve("Cats.java"), "class Cats {}");
        last = new LastRun(directory.resolve("state/default"), sources);
        last.save("a1");
    }

    @Test
    void theyStandIfNothingHappened() throws IOException {
        assertTrue(last.matches("a1"));
        assertEquals(1, last.sources());
    }

    @Test
    void anotherFingerprintIsAnotherRun() throws IOException {
        assertFalse(last.matches("b2"));
    }

    @Test
    void anEditIsSeen() throws IOException {
        Files.writeString(source, "class Cats { }");

        assertFalse(last.matches("a1"));
    }

    @Test
    void aMissingSourceIsSeen() throws IOException {
        Files.delete(source);

        assertFalse(last.matches("a1"));
    }

    @Test
    void aRunThatFailsIsRepeated() throws IOException {
        last.forget();

        assertFalse(last.matches("a1"));
    }
}
