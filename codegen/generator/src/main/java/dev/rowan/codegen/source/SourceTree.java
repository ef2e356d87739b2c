package dev.rowan.codegen.source;

import dev.rowan.codegen.naming.RowanNamingStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A directory of generated sources. Unchanged files keep their time stamp, so that they are not compiled again. */
public final class SourceTree {

    /** The number of files after an update, and the numbers of files that it wrote and deleted. */
    public record Changes(int files, int changed, int removed) {}

    private static final String HEADER = "/*\n * " + RowanNamingStrategy.FILE_HEADER;

    /** The length of a beginning that has the header. */
    private static final int START = 500;

    private final Path root;

    public SourceTree(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public boolean isEmpty() throws IOException {
        return files().isEmpty();
    }

    /** Returns whether a file contains this text. */
    public boolean contains(String text) throws IOException {
        for (Path file : files()) {
            if (Files.readString(root.resolve(file)).contains(text)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes this tree a copy of the other: writes files that differ, and deletes files that only this one has.
     *
     * @throws IllegalArgumentException if this tree has a file that was not generated; then nothing is changed
     */
    public Changes mirror(SourceTree other) throws IOException {
        Files.createDirectories(root);
        NavigableSet<Path> wanted = other.files();
        NavigableSet<Path> stale = files();
        for (Path file : stale) {
            requireGenerated(file);
        }
        stale.removeAll(wanted);
        int changed = 0;
        for (Path file : wanted) {
            byte[] content = Files.readAllBytes(other.root.resolve(file));
            Path target = root.resolve(file);
            if (!Files.exists(target) || !Arrays.equals(content, Files.readAllBytes(target))) {
                Files.createDirectories(target.getParent());
                Files.write(target, content);
                changed++;
            }
        }
        for (Path file : stale) {
            Files.delete(root.resolve(file));
        }
        deleteEmptyDirectories();
        return new Changes(wanted.size(), changed, stale.size());
    }

    private void requireGenerated(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(root.resolve(file))) {
            var start = new String(content.readNBytes(START), StandardCharsets.ISO_8859_1);
            boolean isCutOff = HEADER.startsWith(start); // by a run that was killed
            if (!isCutOff && !start.contains(RowanNamingStrategy.FILE_HEADER)) {
                throw new IllegalArgumentException("The directory for the sources, " + root
                        + ", has a file that Rowan has not generated: " + file
                        + ". The directory is for generated sources alone, so nothing was written. Delete the file, or choose"
                        + " another directory.");
            }
        }
    }

    private NavigableSet<Path> files() throws IOException {
        NavigableSet<Path> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(path -> Files.isRegularFile(path) && !isHidden(path))
                    .map(root::relativize)
                    .forEach(files::add);
        }
        return files;
    }

    /** Returns whether this is a file of the system, such as {@code .DS_Store}. */
    private static boolean isHidden(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".");
    }

    private void deleteEmptyDirectories() throws IOException {
        List<Path> directories;
        try (Stream<Path> all = Files.walk(root)) {
            directories = all.filter(path -> Files.isDirectory(path) && !path.equals(root))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path directory : directories) {
            try (Stream<Path> content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    continue;
                }
            }
            Files.delete(directory);
        }
    }

    /** Deletes everything in the directory. */
    public void clear() throws IOException {
        deleteAll(path -> !path.equals(root));
    }

    /** Deletes the directory and everything in it. */
    public void delete() throws IOException {
        deleteAll(path -> true);
    }

    private void deleteAll(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path :
                    all.filter(wanted).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
