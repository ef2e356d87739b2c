package dev.rowan.maven.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run writes the archive of the generator's classes, and which reads it. */
final class ClassArchiveTest {

    private static final String WRITE = "-XX:ArchiveClassesAtExit=";
    private static final String READ = "-XX:SharedArchiveFile=";

    @TempDir
    private Path directory;

    private Path cache;
    private Path java;
    private Path jar;

    @BeforeEach
    void installJdk() throws IOException {
        cache = directory.resolve("cache");
        for (String file : List.of("bin/java", "lib/modules", "lib/server/classes.jsa")) {
            var path = directory.resolve("jdk").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        java = directory.resolve("jdk/bin/java");
        jar = Files.writeString(directory.resolve("generator.jar"), "1");
    }

    @Test
    void theSecondRunWritesItAndTheThirdReadsIt() throws IOException {
        var first = archive();
        assertEquals(List.of(), first.options());
        first.finish(true);

        var second = archive();
        write(second);
        second.finish(true);

        assertTrue(archive().options().get(0).startsWith(READ));
        assertEquals(1, files().size());
    }

    @Test
    void aRunThatOnlyReadsItIsNotCounted() throws IOException {
        archive().readOnly().finish(true);
        assertEquals(List.of(), files());

        archive().finish(true);
        assertEquals(List.of(), archive().readOnly().options());
        var second = archive();
        write(second);
        second.finish(true);

        assertTrue(archive().readOnly().options().get(0).startsWith(READ));
    }

    @Test
    void aRunThatFailsLeavesNothing() throws IOException {
        archive().finish(false);
        assertEquals(List.of(), archive().options());
        archive().finish(true);

        var second = archive();
        write(second);
        second.finish(false);

        assertEquals(List.of(), files());
    }

    @Test
    void anotherClassPathHasAnother() throws IOException {
        archive().finish(true);
        Files.writeString(jar, "22");

        assertEquals(List.of(), archive().options());
    }

    @Test
    void aDirectoryOnTheClassPathHasNone() throws IOException {
        jar = directory.resolve("cache");
        Files.createDirectories(jar);
        archive().finish(true);

        assertEquals(List.of(), archive().options());
        assertEquals(List.of(), files());
    }

    @Test
    void aJvmWithoutAnArchiveOfItsOwnHasNone() throws IOException {
        Files.delete(directory.resolve("jdk/lib/server/classes.jsa"));
        archive().finish(true);

        assertEquals(List.of(), archive().options());
    }

    @Test
    void anotherVersionOfTheGeneratorReplacesIt() throws IOException {
        archive().finish(true);
        var second = archive();
        write(second);
        second.finish(true);
        Files.writeString(jar, "22");
        archive().finish(true);

        assertTrue(archive().isWritten());
        assertEquals(1, files().size());
    }

    @Test
    void thoseThatAreOldAreDeleted() throws IOException {
        Files.createDirectories(cache);
        var old = Files.writeString(cache.resolve("generator-0-0.jsa"), "");
        var recent = Files.writeString(cache.resolve("generator-1-0.jsa"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));

        archive().finish(true);

        assertFalse(Files.exists(old));
        assertTrue(Files.exists(recent));
    }

    private ClassArchive archive() {
        return ClassArchive.of(cache, java, List.of(jar), new SystemStreamLog());
    }

    /** Does what the JVM does at its end. */
    private static void write(ClassArchive archive) throws IOException {
        var option = archive.options().get(0);
        assertTrue(archive.isWritten() && option.startsWith(WRITE), option);
        Files.writeString(Path.of(option.substring(WRITE.length())), "classes");
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (var files = Files.list(cache)) {
            return files.toList();
        }
    }
}
