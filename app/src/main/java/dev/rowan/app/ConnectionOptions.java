package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has for its connection: the database and the login. */
final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:ROWAN_URL}",
            description = "JDBC URL of the database, such as jdbc:mysql://host:3306/name. Default: $ROWAN_URL.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "${env:ROWAN_USER:-}",
            description = "Database user. Default: $ROWAN_USER.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            prompt = "Password: ",
            defaultValue = "${env:ROWAN_PASSWORD:-}",
            description =
                    "Database password; without a value, prompts for it. Default: $ROWAN_PASSWORD, which keeps the"
                            + " password out of the process list.")
    private String password = "";

    /** Opens the database. */
    Database open() {
        return Database.open(options());
    }

    /** Returns the options, with timeouts short enough for an interactive user. */
    DatabaseOptions options() {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "No database URL. Set --url jdbc:mysql://host:3306/name or the variable ROWAN_URL.");
        }
        return DatabaseOptions.of(url, user, password)
                .withStatementTimeout(Duration.ofSeconds(10))
                .withSocketTimeout(Duration.ofSeconds(15));
    }
}
