package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The options of writing the first changelog of a database.
 *
 * @param server the server that has the database, given by its URL
 * @param resources the directory of the project's resources that the changelog is written to
 * @param changelog the class-path name of the changelog
 * @param mark whether the changelog is marked as applied in the database
 */
record AdoptionOptions(ServerOptions server, Path resources, String changelog, boolean mark) {

    AdoptionOptions {
        if (!server.server().startsWith("jdbc:")) {
            throw new IllegalArgumentException(
                    "To adopt a database, name it: -Drowan.server=jdbc:mysql://host:3306/shop"
                            + " -Drowan.user=…, with the password in the environment variable ROWAN_PASSWORD.");
        }
    }

    /** Reads the options that the build has written. */
    static AdoptionOptions of(Properties properties, BinarySource binaries) {
        return new AdoptionOptions(
                GeneratorOptions.server(properties, binaries),
                Path.of(GeneratorOptions.required(properties, OptionKeys.RESOURCES)),
                GeneratorOptions.required(properties, OptionKeys.CHANGELOG),
                !Boolean.parseBoolean(properties.getProperty(OptionKeys.DRY_RUN)));
    }
}
