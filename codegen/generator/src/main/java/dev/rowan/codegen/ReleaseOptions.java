package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.codegen.config.RegularExpression;
import dev.rowan.codegen.config.Rules;
import dev.rowan.codegen.config.TypeRule;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The options of describing a release.
 *
 * @param server the server to apply the changelog to
 * @param changelog the changelog
 * @param resources the directory that has the changelog, under its class-path name
 * @param tables selects the tables and views that have classes
 * @param columns selects the columns of a table that its class has
 */
record ReleaseOptions(
        ServerOptions server,
        ChangelogSource changelog,
        Path resources,
        Predicate<String> tables,
        BiPredicate<String, String> columns) {

    /** Reads the options that the build has written. */
    static ReleaseOptions of(Properties properties, BinarySource binaries) {
        var changelog = ChangelogSource.of(properties);
        var resources = properties.getProperty(OptionKeys.RESOURCES, "");
        return new ReleaseOptions(
                GeneratorOptions.server(properties, binaries),
                changelog,
                resources.isEmpty() ? changelog.directory() : Path.of(resources),
                tables(properties),
                columns(properties));
    }

    private static Predicate<String> tables(Properties properties) {
        var includes =
                RegularExpression.ofParameter(OptionKeys.INCLUDES, properties.getProperty(OptionKeys.INCLUDES, ".*"));
        var excludes =
                RegularExpression.ofParameter(OptionKeys.EXCLUDES, properties.getProperty(OptionKeys.EXCLUDES, ""));
        return table ->
                includes.matcher(table).matches() && !excludes.matcher(table).matches();
    }

    private static BiPredicate<String, String> columns(Properties properties) {
        var leftOut = Rules.of(properties).types().stream()
                .filter(TypeRule::leavesOut)
                .toList();
        return (table, column) -> leftOut.stream().noneMatch(rule -> rule.matches(table, column));
    }
}
