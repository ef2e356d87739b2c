package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.Migrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * A changelog, where it is, and what of it applies.
 *
 * @param name its class-path name; blank if the project has none
 * @param path the directories and jars to look for it and its files in, before the class path of this process
 */
record ChangelogSource(
        String name, List<Path> path, List<String> contexts, String labels, Map<String, String> parameters) {

    /** Returns a changelog of which everything applies. */
    static ChangelogSource in(Path directory, String name) {
        return new ChangelogSource(name, List.of(directory), List.of(), "", Map.of());
    }

    /** Reads the options that the build has written. */
    static ChangelogSource of(Properties properties) {
        Map<String, String> parameters = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(OptionKeys.CHANGELOG_PARAMETER)) {
                parameters.put(key.substring(OptionKeys.CHANGELOG_PARAMETER.length()), properties.getProperty(key));
            }
        }
        return new ChangelogSource(
                properties.getProperty(OptionKeys.CHANGELOG, ""),
                parts(properties.getProperty(OptionKeys.CHANGELOG_PATH, ""), "\n").stream()
                        .map(Path::of)
                        .toList(),
                parts(properties.getProperty(OptionKeys.CONTEXTS, ""), ","),
                properties.getProperty(OptionKeys.LABELS, ""),
                parameters);
    }

    /** Returns a class loader that finds the changelog and its files. */
    ChangelogLoader loader() {
        return new ChangelogLoader(path, ChangelogSource.class.getClassLoader());
    }

    /** Returns the contexts and labels, in words; empty if there are none. */
    Optional<String> selection() {
        var parts = new ArrayList<String>();
        if (!contexts.isEmpty()) {
            parts.add("contexts: " + String.join(", ", contexts));
        }
        if (!labels.isBlank()) {
            parts.add("labels: " + labels);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("With " + String.join("; ", parts));
    }

    /**
     * Returns the directory that has the changelog, under its class-path name.
     *
     * @throws IllegalArgumentException if none has it
     */
    Path directory() {
        return path.stream()
                .filter(directory -> Files.isRegularFile(directory.resolve(name)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("The changelog " + name + " is in none of the directories "
                                + path + ", so no file can be written beside it. Add the directory that has it."));
    }

    Migrator migrator(DataSource database, ChangelogLoader loader) {
        return Migrator.of(database, name, loader)
                .withContexts(contexts.toArray(String[]::new))
                .withLabels(labels)
                .withParameters(parameters);
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
