package dev.rowan.maven.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes that make a run necessary. */
final class FingerprintTest {

    @TempDir
    private Path directory;

    private final Properties options = new Properties();

    @ParameterizedTest
    @ValueSource(strings = {"cats.sql", "data/cats.tsv", "cats.ddl"})
    void anEditOfAFileThatTheChangelogReadsChangesIt(String name) throws IOException {
        Path file = Files.createDirectories(directory.resolve("data")).resolveSibling(name);
        Files.writeString(file, "before");
        String before = fingerprint(name);

        Files.writeString(file, "after!");

        assertNotEquals(before, fingerprint(name));
    }

    @Test
    void aNewFileInAnIncludedDirectoryChangesIt() throws IOException {
        Files.createDirectories(directory.resolve("sql/more"));
        String before = fingerprint("sql");

        Files.writeString(directory.resolve("sql/more/cats.sql"), "");

        assertNotEquals(before, fingerprint("sql"));
    }

    @Test
    void aFileThatTheChangelogDoesNotReadDoesNotChangeIt() throws IOException {
        Files.writeString(directory.resolve("cats.sql"), "");
        String before = fingerprint("cats.sql");

        Files.writeString(directory.resolve("other.sql"), "");

        assertEquals(before, fingerprint("cats.sql"));
    }

    @Test
    void anotherEntryOfADependencyChangesIt() throws IOException {
        String before = fingerprint("Some.class", new JarRoot(jar("dogs.jar", "before")));

        assertEquals(before, fingerprint("Some.class", new JarRoot(jar("dogs.jar", "before"))));
        assertNotEquals(before, fingerprint("Some.class", new JarRoot(jar("dogs.jar", "after!"))));
    }

    @Test
    void anotherOptionChangesIt() throws IOException {
        options.setProperty("server", "docker");
        String before = fingerprint();

        options.setProperty("server", "embedded");

        assertNotEquals(before, fingerprint());
    }

    @Test
    void aPasswordDoesNotChangeIt() throws IOException {
        String before = fingerprint();

        options.setProperty("password", "secret");

        assertEquals(before, fingerprint());
    }

    @Test
    void aSnapshotIsIdentifiedByItsContents() throws IOException {
        String before = fingerprint("1-SNAPSHOT", jar("generator.jar", "before"));

        assertEquals(before, fingerprint("1-SNAPSHOT", jar("generator.jar", "before")));
        assertNotEquals(before, fingerprint("1-SNAPSHOT", jar("generator.jar", "after!")));
    }

    @Test
    void aReleaseIsIdentifiedByItsVersion() throws IOException {
        Path jar = Files.writeString(directory.resolve("jooq.jar"), "");

        assertNotEquals(fingerprint("1", jar), fingerprint("2", jar));
    }

    private Path jar(String name, String content) throws IOException {
        Path jar = directory.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("Some.class"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private String fingerprint() throws IOException {
        return fingerprint("changelog.sql");
    }

    private String fingerprint(String name) throws IOException {
        return fingerprint(name, ResourceRoot.of(directory));
    }

    private String fingerprint(String name, ChangelogRoot root) throws IOException {
        return new Fingerprint()
                .addOptions(options)
                .addFiles(List.of(name), List.of(root))
                .finish();
    }

    private static String fingerprint(String version, Path jar) {
        Artifact artifact = new DefaultArtifact(
                "org.example", "tool", version, "runtime", "jar", "", new DefaultArtifactHandler("jar"));
        artifact.setFile(jar.toFile());
        return new Fingerprint().addArtifact(artifact).finish();
    }
}
