package dev.rowan.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the last run left behind: its fingerprint, and the size and time of each source, so that an edit shows. */
final class LastRun {

    private final Path file;
    private final Path sources;

    LastRun(Path file, Path sources) {
        this.file = file;
        this.sources = sources;
    }

    /** Returns whether the sources are those of a run with this fingerprint, unedited, none missing and none added. */
    boolean matches(String fingerprint) throws IOException {
        return Files.exists(file) && Files.readAllLines(file).equals(lines(fingerprint));
    }

    int sources() throws IOException {
        return Files.readAllLines(file).size() - 1;
    }

    void save(String fingerprint) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines(fingerprint));
    }

    /** Makes the next run a full one, whatever becomes of this one. */
    void forget() throws IOException {
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
