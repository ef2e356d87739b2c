package dev.rowan.codegen.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.codegen.naming.RowanNamingStrategy;
import dev.rowan.codegen.source.SourceTree.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates of a directory of sources. */
final class SourceTreeTest {

    private static final String HEADER = "/*\n * " + RowanNamingStrategy.FILE_HEADER + "\n */\n";

    @TempDir
    private Path old;

    @TempDir
    private Path fresh;

    @Test
    void onlyDifferentFilesAreWritten() throws IOException {
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(write(old, "same/A.java", "a"), longAgo);
        Files.setLastModifiedTime(write(old, "B.java", "b"), longAgo);
        write(fresh, "same/A.java", "a");
        write(fresh, "B.java", "other");

        Changes changes = new SourceTree(old).mirror(new SourceTree(fresh));

        assertEquals(new Changes(2, 1, 0), changes);
        assertEquals(longAgo, Files.getLastModifiedTime(old.resolve("same/A.java")));
        assertEquals(HEADER + "other", Files.readString(old.resolve("B.java")));
    }

    @Test
    void staleFilesAreDeletedWithTheirDirectories() throws IOException {
        write(old, "stale/nested/directory/A.java", "a");
        write(fresh, "B.java", "b");

        Changes changes = new SourceTree(old).mirror(new SourceTree(fresh));

        assertEquals(new Changes(1, 1, 1), changes);
        assertFalse(Files.exists(old.resolve("stale")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop/changelog.sql", "B.java"})
    void aFileThatWasNotGeneratedIsKept(String name) throws IOException {
        write(old, "A.java", "a");
        Files.createDirectories(old.resolve("shop"));
        Files.write(old.resolve(name), new byte[] {-1});
        write(fresh, "B.java", "b");

        var refusal =
                assertThrows(IllegalArgumentException.class, () -> new SourceTree(old).mirror(new SourceTree(fresh)));

        assertTrue(String.valueOf(refusal.getMessage()).contains("has not generated: " + Path.of(name)));
        assertArrayEquals(new byte[] {-1}, Files.readAllBytes(old.resolve(name)));
        assertTrue(Files.exists(old.resolve("A.java")));
    }

    @Test
    void whatAKilledRunOrTheSystemHasLeftIsNoReasonToRefuse() throws IOException {
        Files.writeString(old.resolve("Empty.java"), "");
        Files.writeString(old.resolve("CutOff.java"), HEADER.substring(0, 20));
        Files.writeString(old.resolve(".DS_Store"), "x");
        write(fresh, "B.java", "b");

        assertEquals(new Changes(1, 1, 2), new SourceTree(old).mirror(new SourceTree(fresh)));
        assertTrue(Files.exists(old.resolve(".DS_Store")));
    }

    private static Path write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, HEADER + text);
    }
}
