package dev.rowan.codegen;

import dev.rowan.codegen.type.TypeMapping;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The options of one run.
 *
 * @param server the server to start, or to connect to
 * @param migrate whether to apply the changelog to a server given by URL; it is always applied to others
 * @param changelog the class-path name of the changelog
 * @param packageName the package of the sources
 * @param output the directory of the sources; other files in it are deleted
 * @param includes a regular expression of the tables and views to include
 * @param excludes a regular expression of the tables and views to exclude; empty to exclude none
 * @param types the configured Java types of columns
 */
record GeneratorOptions(
        ServerOptions server,
        boolean migrate,
        String changelog,
        String packageName,
        Path output,
        String includes,
        String excludes,
        List<TypeMapping> types) {

    /**
     * Reads the options that the build has written.
     *
     * @throws IllegalArgumentException if a required property is missing or a type is malformed
     */
    static GeneratorOptions of(Properties properties, BinarySource binaries) {
        var server = new ServerOptions(
                required(properties, "server"),
                required(properties, "image"),
                properties.getProperty("user", ""),
                properties.getProperty("password"),
                binaries);
        return new GeneratorOptions(
                server,
                Boolean.parseBoolean(properties.getProperty("migrate")),
                required(properties, "changelog"),
                required(properties, "package"),
                Path.of(required(properties, "output")),
                properties.getProperty("includes", ".*"),
                properties.getProperty("excludes", ""),
                TypeMapping.parseAll(properties));
    }

    private static String required(Properties properties, String name) {
        @Nullable String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The option '" + name + "' is missing.");
        }
        return value;
    }
}
