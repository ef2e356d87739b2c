package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.BinarySource;
import dev.rowan.db.SchemaDiff;
import dev.rowan.db.ServerOptions;
import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The options of comparing a database with its changelog.
 *
 * @param server the server that has the database, given by its URL
 * @param reference the server that the changelog is applied to; {@code auto} for one of the same product
 * @param changelog the changelog
 * @param output the file that a changelog of the differences is written to
 */
record ComparisonOptions(ServerOptions server, String reference, ChangelogSource changelog, Path output) {

    ComparisonOptions {
        if (!server.server().startsWith("jdbc:")) {
            throw new IllegalArgumentException(
                    "To compare a database with its changelog, name it: -Drowan.server=jdbc:mysql://host:3306/shop"
                            + " -Drowan.user=…, with the password in the environment variable ROWAN_PASSWORD.");
        }
    }

    /** Reads the options that the build has written. */
    static ComparisonOptions of(Properties properties, BinarySource binaries) {
        return new ComparisonOptions(
                GeneratorOptions.server(properties, binaries),
                properties.getProperty(OptionKeys.REFERENCE, "auto"),
                ChangelogSource.of(properties),
                Path.of(GeneratorOptions.required(properties, OptionKeys.OUTPUT)));
    }

    /** Returns which server to apply the changelog to, for this database. */
    ServerOptions referenceFor(DataSource database) {
        var kind = reference.equals("auto") ? SchemaDiff.serverFor(database) : reference;
        return new ServerOptions(kind, server.image(), server.user(), server.password(), server.binaries());
    }
}
