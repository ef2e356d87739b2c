package dev.rowan.maven.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state file of the last run: its fingerprint, the class-path names that its changelog has read, and the size and
 * time of each source, to detect edits.
 */
public final class LastRun {

    private static final String READ = "read ";

    private final Path file;
    private final Path sources;

    public LastRun(Path file, Path sources) {
        this.file = file;
        this.sources = sources;
    }

    /** Returns whether the last run had this fingerprint and no source was edited, added or deleted since. */
    public boolean matches(String fingerprint) throws IOException {
        return Files.exists(file) && Files.readAllLines(file).equals(lines(fingerprint, read()));
    }

    /** Returns the class-path names that the changelog of the last run has read; empty if there was none. */
    public SortedSet<String> read() throws IOException {
        if (!Files.exists(file)) {
            return new TreeSet<>();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(READ))
                .map(line -> line.substring(READ.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the number of sources of the last run. */
    public int sourceCount() throws IOException {
        return Files.readAllLines(file).size() - 1 - read().size();
    }

    /** Records that the sources are those of a run with this fingerprint, whose changelog has read these names. */
    public void save(String fingerprint, Collection<String> read) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines(fingerprint, new TreeSet<>(read)));
    }

    /** Deletes the file, so that the next run generates the sources even if this one fails. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private List<String> lines(String fingerprint, SortedSet<String> read) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(fingerprint);
        read.forEach(name -> lines.add(READ + name));
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
