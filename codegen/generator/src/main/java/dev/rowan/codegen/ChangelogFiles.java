package dev.rowan.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a first changelog: one in SQL, or one in YAML that includes one in SQL. They never replace others. */
final class ChangelogFiles {

    private static final String INCLUDED = "adopted.sql";

    private final Map<Path, String> contents = new LinkedHashMap<>();
    private final List<Path> written = new ArrayList<>();

    /**
     * Names the files.
     *
     * @param directory the directory of resources
     * @param changelog the class-path name of the changelog
     * @param sql the changelog
     */
    ChangelogFiles(Path directory, String changelog, String sql) {
        var file = directory.resolve(changelog);
        if (changelog.endsWith(".sql")) {
            contents.put(file, sql);
        } else if (changelog.endsWith(".yaml") || changelog.endsWith(".yml")) {
            contents.put(file.resolveSibling(INCLUDED), sql);
            contents.put(
                    file,
                    "databaseChangeLog:\n  - include: { file: %s, relativeToChangelogFile: true }\n"
                            .formatted(INCLUDED));
        } else {
            throw new IllegalArgumentException("A first changelog is written in SQL or YAML, and " + changelog
                    + " is neither. Name one that ends with .sql or .yaml.");
        }
    }

    /** Checks that none of the files exists, unless it is blank. */
    void requireNone() throws IOException {
        for (var file : contents.keySet()) {
            if (Files.exists(file) && !Files.readString(file).isBlank()) {
                throw new IllegalArgumentException("There is a file " + file + " already, which is never replaced."
                        + " Name another changelog, with -Drowan.changelog=, or delete it if it is of no use.");
            }
        }
    }

    /** Writes the files. */
    void write() throws IOException {
        for (var entry : contents.entrySet()) {
            Files.createDirectories(entry.getKey().getParent());
            written.add(entry.getKey());
            Files.writeString(entry.getKey(), entry.getValue());
        }
    }

    /** Deletes what was written. */
    void delete() throws IOException {
        for (var file : written) {
            Files.deleteIfExists(file);
        }
    }

    /** Returns the files. */
    List<Path> names() {
        return List.copyOf(contents.keySet());
    }
}
