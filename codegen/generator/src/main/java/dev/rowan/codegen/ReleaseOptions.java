package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The options of describing a release.
 *
 * @param server the server to apply the changelog to
 * @param changelog the changelog
 * @param resources the directory that has the changelog, under its class-path name
 */
record ReleaseOptions(ServerOptions server, ChangelogSource changelog, Path resources) {

    /** Reads the options that the build has written. */
    static ReleaseOptions of(Properties properties, BinarySource binaries) {
        return new ReleaseOptions(
                GeneratorOptions.server(properties, binaries),
                ChangelogSource.of(properties),
                Path.of(GeneratorOptions.required(properties, OptionKeys.RESOURCES)));
    }
}
