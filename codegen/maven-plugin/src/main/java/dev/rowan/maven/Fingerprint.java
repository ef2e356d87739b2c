package dev.rowan.maven;

import dev.rowan.codegen.config.OptionKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;

/**
 * A digest of everything that the sources depend on: the options, the changelogs and the generator, but no password.
 */
final class Fingerprint {

    /** The files that can be a changelog, or that a changelog can include or load. */
    private static final Pattern CHANGELOG = Pattern.compile("(?i).*\\.(sql|ya?ml|xml|json|properties|csv)");

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Fingerprint addOptions(Properties options) {
        for (String name : new TreeSet<>(options.stringPropertyNames())) {
            if (!name.equals(OptionKeys.PASSWORD)) {
                addText(name).addText(options.getProperty(name));
            }
        }
        return this;
    }

    Fingerprint addChangelogs(List<Path> directories) {
        for (Path directory : directories) {
            addTree(directory, file -> CHANGELOG.matcher(file.toString()).matches());
        }
        return this;
    }

    /** Adds the id of an artifact and, since that of a snapshot does not change with it, the contents of a snapshot. */
    Fingerprint addArtifact(Artifact artifact) {
        Path file = artifact.getFile().toPath();
        addText(artifact.getId());
        if (Files.isDirectory(file)) {
            addTree(file, any -> true);
        } else if (artifact.isSnapshot()) {
            addEntries(file);
        }
        return this;
    }

    /** Returns the digest as hexadecimal digits. To be called last: it resets the digest. */
    String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void addTree(Path root, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(wanted).sorted().toList()) {
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
