package dev.rowan.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.rowan.codegen.SourceTree.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a directory of sources when newer ones arrive. */
final class SourceTreeTest {

    @TempDir
    private Path old;

    @TempDir
    private Path fresh;

    @Test
    void onlyWhatDiffersIsWritten() throws IOException {
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(write(old, "same/A.java", "a"), longAgo);
        Files.setLastModifiedTime(write(old, "B.java", "b"), longAgo);
        write(fresh, "same/A.java", "a");
        write(fresh, "B.java", "other");

        Changes changes = new SourceTree(old).become(new SourceTree(fresh));

        assertEquals(new Changes(2, 1, 0), changes);
        assertEquals(longAgo, Files.getLastModifiedTime(old.resolve("same/A.java")));
        assertEquals("other", Files.readString(old.resolve("B.java")));
    }

    @Test
    void whatIsStaleGoesWithItsDirectory() throws IOException {
        write(old, "gone/for/good/A.java", "a");
        write(fresh, "B.java", "b");

        Changes changes = new SourceTree(old).become(new SourceTree(fresh));

        assertEquals(new Changes(1, 1, 1), changes);
        assertFalse(Files.exists(old.resolve("gone")));
    }

    private static Path write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
