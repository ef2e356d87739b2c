package dev.rowan.codegen;

import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What to generate, from where, to where.
 *
 * @param server the server to start or to read
 * @param migrate whether a server given by URL is brought up to date first; others always are
 * @param changelog the class-path name of the changelog
 * @param packageName the package of the sources
 * @param output the directory of the sources, which is theirs alone
 * @param includes a regular expression of the tables and views to include
 * @param excludes a regular expression of those to leave out; empty for none
 * @param types the Java types that the user chose for columns
 */
record GeneratorOptions(
        ServerOptions server,
        boolean migrate,
        String changelog,
        String packageName,
        Path output,
        String includes,
        String excludes,
        List<UserType> types) {

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
                UserType.all(properties));
    }

    private static String required(Properties properties, String name) {
        @Nullable String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The option '" + name + "' is missing.");
        }
        return value;
    }
}
