package dev.rowan.maven.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.maven.input.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the generator as its JVM has read and verified them, in a file (class data sharing). With it the
 * generator starts in half the time. The JVM checks that the file fits, and does without it otherwise.
 *
 * <p>Writing it takes some seconds, so the second run does: a machine that is thrown away after one build, as in CI,
 * never pays for it.
 */
final class ClassArchive {

    private static final String PREFIX = "generator-";
    private static final String SUFFIX = ".jsa";

    /** Those that were written before are deleted when another is needed; one that is still in use is written again. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** Its messages would come between the lines of the generator on the standard output. */
    private static final String SILENT = "-Xlog:disable";

    private enum Use {
        NONE,
        REMEMBER,
        WRITE,
        READ
    }

    private final Use use;
    private final Path file;
    private final Path firstRun;
    private final Path part;
    private final Log log;

    private ClassArchive(Use use, Path file, Log log) {
        this.use = use;
        this.file = file;
        this.firstRun = file.resolveSibling(file.getFileName() + ".once");
        this.part = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        this.log = log;
    }

    /**
     * Returns the archive of this launcher and class path.
     *
     * @param directory the user's cache
     */
    static ClassArchive of(Path directory, Path java, List<Path> classPath, Log log) {
        try {
            var modules = modulesOf(java);
            // the JVM cannot archive classes of directories
            if (modules == null || classPath.stream().anyMatch(Files::isDirectory)) {
                return none(directory, log);
            }
            var files = new ArrayList<>(classPath);
            files.add(modules);
            var versions = new StringBuilder();
            for (Path file : files) {
                // what the JVM compares to see that an archive fits
                versions.append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            var name = PREFIX + hash(files.toString()) + "-" + hash(versions.toString()) + SUFFIX;
            return new ClassArchive(Use.NONE, directory.resolve(name), log).used();
        } catch (IOException e) {
            log.debug("The generator runs without an archive of its classes.", e);
            return none(directory, log);
        }
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Fingerprint.digest(text.getBytes(UTF_8)), 0, 8);
    }

    private static ClassArchive none(Path directory, Log log) {
        return new ClassArchive(Use.NONE, directory.resolve(PREFIX), log);
    }

    /** Returns the classes of a JDK that has an archive of its own, on which others build; null if it has none. */
    private static @Nullable Path modulesOf(Path java) throws IOException {
        var home = java.toRealPath().resolve("../..").normalize();
        boolean hasArchive = Files.exists(home.resolve("lib/server/classes.jsa"))
                || Files.exists(home.resolve("bin/server/classes.jsa"));
        var modules = home.resolve("lib/modules");
        return hasArchive && Files.exists(modules) ? modules : null;
    }

    private ClassArchive used() {
        return with(Files.exists(file) ? Use.READ : Files.exists(firstRun) ? Use.WRITE : Use.REMEMBER);
    }

    private ClassArchive with(Use other) {
        return new ClassArchive(other, file, log);
    }

    /** Returns this archive for a run that neither reads nor writes it. */
    ClassArchive unused() {
        return with(Use.NONE);
    }

    /** Returns this archive for a run that reads it, but does not write it: it does not need the same classes. */
    ClassArchive readOnly() {
        return use == Use.READ ? this : unused();
    }

    /** Returns whether the run writes the archive, so that it may fail where another would not: on a full disk. */
    boolean isWritten() {
        return use == Use.WRITE;
    }

    /** Returns the options of the JVM. */
    List<String> options() {
        return switch (use) {
            case READ -> List.of("-XX:SharedArchiveFile=" + file, SILENT);
            case WRITE -> List.of("-XX:ArchiveClassesAtExit=" + part, SILENT);
            case REMEMBER, NONE -> List.of();
        };
    }

    /** Keeps what a run has written. Never fails: the archive only saves time. */
    void finish(boolean succeeded) {
        try {
            if (use == Use.REMEMBER && succeeded) {
                Files.createDirectories(file.getParent());
                Files.write(firstRun, new byte[0]);
                deleteOthers();
            }
            if (use == Use.WRITE) {
                if (succeeded && Files.exists(part)) {
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.deleteIfExists(part);
                Files.deleteIfExists(firstRun);
            }
        } catch (IOException e) {
            log.debug("The archive of the generator's classes could not be kept.", e);
        }
    }

    /** Deletes the archives of other versions of the same files, and those that are old. */
    private void deleteOthers() throws IOException {
        var name = String.valueOf(file.getFileName());
        var samePath = name.substring(0, name.lastIndexOf('-') + 1);
        var limit = Instant.now().minus(KEPT);
        try (var others = Files.newDirectoryStream(file.getParent(), PREFIX + "*")) {
            for (Path other : others) {
                boolean isOther = String.valueOf(other.getFileName()).startsWith(samePath) && !other.equals(firstRun);
                if (isOther || Files.getLastModifiedTime(other).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }
}
