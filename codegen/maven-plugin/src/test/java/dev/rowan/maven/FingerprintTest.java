package dev.rowan.maven;

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

/** The changes that make a run necessary. */
final class FingerprintTest {

    @TempDir
    private Path directory;

    private final Properties options = new Properties();

    @Test
    void anEditedChangelogChangesIt() throws IOException {
        Path changelog = Files.writeString(directory.resolve("cats.sql"), "before");
        String before = fingerprint();

        Files.writeString(changelog, "after!");

        assertNotEquals(before, fingerprint());
    }

    @Test
    void aRenamedChangelogChangesIt() throws IOException {
        Path changelog = Files.writeString(directory.resolve("cats.yaml"), "");
        String before = fingerprint();

        Files.move(changelog, directory.resolve("dogs.yaml"));

        assertNotEquals(before, fingerprint());
    }

    @Test
    void aFileThatIsNoChangelogDoesNotChangeIt() throws IOException {
        String before = fingerprint();

        Files.writeString(directory.resolve("logo.png"), "");

        assertEquals(before, fingerprint());
    }

    @Test
    void anotherOptionChangesIt() {
        options.setProperty("server", "docker");
        String before = fingerprint();

        options.setProperty("server", "embedded");

        assertNotEquals(before, fingerprint());
    }

    @Test
    void aPasswordDoesNotChangeIt() {
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

    private String fingerprint() {
        return new Fingerprint()
                .addOptions(options)
                .addChangelogs(List.of(directory))
                .finish();
    }

    private static String fingerprint(String version, Path jar) {
        Artifact artifact = new DefaultArtifact(
                "org.example", "tool", version, "runtime", "jar", "", new DefaultArtifactHandler("jar"));
        artifact.setFile(jar.toFile());
        return new Fingerprint().addArtifact(artifact).finish();
    }
}
