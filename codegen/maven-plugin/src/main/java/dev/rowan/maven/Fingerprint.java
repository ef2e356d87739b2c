package dev.rowan.maven;

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

/** A digest of all that the sources depend on: the options, the changelogs and the generator. Never of a password. */
final class Fingerprint {

    /** Whatever a changelog may be, include or load. */
    private static final Pattern CHANGELOG = Pattern.compile("(?i).*\\.(sql|ya?ml|xml|json|properties|csv)");

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Fingerprint options(Properties options) {
        for (String name : new TreeSet<>(options.stringPropertyNames())) {
            if (!name.equals("password")) {
                text(name).text(options.getProperty(name));
            }
        }
        return this;
    }

    Fingerprint changelogs(List<Path> directories) {
        for (Path directory : directories) {
            tree(directory, file -> CHANGELOG.matcher(file.toString()).matches());
        }
        return this;
    }

    /** Takes a released artifact by its name, and what one holds that may change under it. */
    Fingerprint artifact(Artifact artifact) {
        Path file = artifact.getFile().toPath();
        text(artifact.getId());
        if (Files.isDirectory(file)) {
            tree(file, any -> true);
        } else if (artifact.isSnapshot()) {
            entries(file);
        }
        return this;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void tree(Path root, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(wanted).sorted().toList()) {
                text(root.relativize(file).toString());
                content(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the checksums that a jar keeps of its entries: a JVM that has just started is slow to digest them all. */
    private void entries(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                text(entry.getName() + " " + entry.getSize() + " " + entry.getCrc());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fingerprint text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void content(Path file) {
        try {
            bytes(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fingerprint bytes(byte[] bytes) {
        // the length too, so that no two lists of parts look the same
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }
}
