package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.codegen.config.RegularExpression;
import dev.rowan.codegen.config.Rules;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Properties;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The options of one run.
 *
 * @param server the server to start, or to connect to
 * @param migrate whether to apply the changelog to a server given by URL; it is always applied to others
 * @param changelog the changelog, and how to apply it
 * @param packageName the package of the sources
 * @param work a directory for files that are needed during the run; deleted at its end
 * @param output the directory of the sources, and of nothing else
 * @param includes a regular expression of the tables and views to include
 * @param excludes a regular expression of the tables and views to exclude; empty to exclude none
 * @param rules what the project has configured, instead of what the generator decides by itself
 */
record GeneratorOptions(
        ServerOptions server,
        boolean migrate,
        ChangelogSource changelog,
        String packageName,
        Path work,
        Path output,
        String includes,
        String excludes,
        Rules rules) {

    GeneratorOptions {
        if (!SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException("packageName is \"" + packageName
                    + "\", which is not a valid Java package. Separate names with dots, as in com.example.shop.");
        }
        RegularExpression.ofParameter(OptionKeys.INCLUDES, includes);
        RegularExpression.ofParameter(OptionKeys.EXCLUDES, excludes);
    }

    /**
     * Reads the options that the build has written.
     *
     * @throws IllegalArgumentException if a required option is missing, or one is malformed
     */
    static GeneratorOptions of(Properties properties, BinarySource binaries) {
        return of(properties, OptionKeys.OUTPUT_DIRECTORY, binaries);
    }

    /**
     * Reads the options of a goal that writes something else than sources.
     *
     * @param output the key of the directory that it writes to
     */
    static GeneratorOptions of(Properties properties, String output, BinarySource binaries) {
        return new GeneratorOptions(
                server(properties, binaries),
                Boolean.parseBoolean(properties.getProperty(OptionKeys.MIGRATE)),
                ChangelogSource.of(properties),
                required(properties, OptionKeys.PACKAGE_NAME),
                Path.of(required(properties, OptionKeys.WORK_DIRECTORY)),
                Path.of(required(properties, output)),
                properties.getProperty(OptionKeys.INCLUDES, ".*"),
                properties.getProperty(OptionKeys.EXCLUDES, ""),
                Rules.of(properties));
    }

    /** Reads which server to use. */
    static ServerOptions server(Properties properties, BinarySource binaries) {
        return new ServerOptions(
                required(properties, OptionKeys.SERVER),
                properties.getProperty(OptionKeys.IMAGE, ServerOptions.auto().image()),
                properties.getProperty(OptionKeys.USER, ""),
                properties.getProperty(OptionKeys.PASSWORD),
                binaries);
    }

    /** Returns an option that the build always writes. */
    static String required(Properties properties, String name) {
        @Nullable String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The option '" + name + "' is missing.");
        }
        return value;
    }
}
