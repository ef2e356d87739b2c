package dev.rowan.maven.input;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;

/**
 * A digest of everything that the sources depend on: the options, the files that the changelog has read, and the
 * generator, but no password.
 */
public final class Fingerprint {

    private final MessageDigest digest;

    public Fingerprint() {
        digest = sha256();
    }

    /** Returns the digest of a file's content. */
    public static byte[] digest(byte[] content) {
        return sha256().digest(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Fingerprint addOptions(Properties options) {
        for (String name : new TreeSet<>(options.stringPropertyNames())) {
            if (!name.equals(OptionKeys.PASSWORD)) {
                addText(name).addText(options.getProperty(name));
            }
        }
        return this;
    }

    /** Adds what has these class-path names: of a directory, which a changelog may include, all files. */
    public Fingerprint addFiles(Collection<String> names, List<ChangelogRoot> roots) throws IOException {
        for (String name : names) {
            addText(name);
            for (ChangelogRoot root : roots) {
                for (Map.Entry<String, byte[]> file : root.digests(name).entrySet()) {
                    addText(file.getKey()).addBytes(file.getValue());
                }
            }
        }
        return this;
    }

    /** Adds the id of an artifact and, since that of a snapshot does not change with it, the contents of a snapshot. */
    public Fingerprint addArtifact(Artifact artifact) {
        Path file = artifact.getFile().toPath();
        addText(artifact.getId());
        if (Files.isDirectory(file)) {
            addTree(file);
        } else if (artifact.isSnapshot()) {
            addEntries(file);
        }
        return this;
    }

    /** Returns the digest as hexadecimal digits. To be called last: it resets the digest. */
    public String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void addTree(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                addText(root.relativize(file).toString());
                addContent(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the checksums in a jar's directory: a JVM that has just started is slow to digest the contents. */
    private void addEntries(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                addText(entry.getName() + " " + entry.getSize() + " " + entry.getCrc());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fingerprint addText(String text) {
        return addBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void addContent(Path file) {
        try {
            addBytes(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fingerprint addBytes(byte[] bytes) {
        // the length too, so that different lists of parts never have the same digest
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }
}
