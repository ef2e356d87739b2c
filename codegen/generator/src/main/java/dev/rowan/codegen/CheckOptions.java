package dev.rowan.codegen;

import dev.rowan.codegen.config.OptionKeys;
import dev.rowan.db.BinarySource;
import dev.rowan.db.ServerOptions;
import java.util.Optional;
import java.util.Properties;

/**
 * The options of checking migrations.
 *
 * @param server the server to try them on
 * @param reference the URL of a database in use, which tells what is new; empty if there is none
 * @param changelog the changelog
 * @param isStrict whether warnings are errors
 */
record CheckOptions(ServerOptions server, String reference, ChangelogSource changelog, boolean isStrict) {

    CheckOptions {
        if (!reference.isEmpty() && !reference.startsWith("jdbc:")) {
            throw new IllegalArgumentException("The reference is the database that is in use, whose changesets are not"
                    + " checked again. Name it by its URL: -Drowan.reference=jdbc:mysql://host:3306/shop");
        }
    }

    /** Reads the options that the build has written. */
    static CheckOptions of(Properties properties, BinarySource binaries) {
        return new CheckOptions(
                GeneratorOptions.server(properties, binaries),
                properties.getProperty(OptionKeys.REFERENCE, ""),
                ChangelogSource.of(properties),
                Boolean.parseBoolean(properties.getProperty(OptionKeys.STRICT)));
    }

    /** Returns the server of the reference database, if there is one. */
    Optional<ServerOptions> referenceServer() {
        return reference.isEmpty() ? Optional.empty() : Optional.of(server.withServer(reference));
    }
}
