package dev.rowan.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The state file of the last run: its fingerprint, and the size and time of each source, to detect edits. */
final class LastRun {

    private final Path file;
    private final Path sources;

    LastRun(Path file, Path sources) {
        this.file = file;
        this.sources = sources;
    }

    /** Returns whether the last run had this fingerprint and no source was edited, added or deleted since. */
    boolean matches(String fingerprint) throws IOException {
        return Files.exists(file) && Files.readAllLines(file).equals(lines(fingerprint));
    }

    /** Returns the number of sources of the last run. */
    int sourceCount() throws IOException {
        return Files.readAllLines(file).size() - 1;
    }

    /** Records that the sources are those of a run with this fingerprint. */
    void save(String fingerprint) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines(fingerprint));
    }

    /** Deletes the file, so that the next run generates the sources even if this one fails. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private List<String> lines(String fingerprint) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(fingerprint);
        if (Files.exists(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path source : files.filter(Files::isRegularFile).sorted().toList()) {
                    long time = Files.getLastModifiedTime(source).toMillis();
                    lines.add(Files.size(source) + " " + time + " " + sources.relativize(source));
                }
            }
        }
        return lines;
    }
}
