package dev.rowan.app;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, and who signs in: the same options on each command. */
final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:ROWAN_URL}",
            description = "The database, as jdbc:mysql://host:3306/name. Default: the variable ROWAN_URL.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "${env:ROWAN_USER:-}",
            description = "Who signs in. Default: the variable ROWAN_USER.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            prompt = "Password: ",
            defaultValue = "${env:ROWAN_PASSWORD:-}",
            description = "Asked for when given without a value. Default: the variable ROWAN_PASSWORD, which"
                    + " keeps it out of the list of processes.")
    private String password = "";

    /** Opens the database. */
    Database open() {
        return Database.open(options());
    }

    /** Returns the options, with limits that suit somebody who waits at a terminal. */
    DatabaseOptions options() {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "Which database? Give --url jdbc:mysql://host:3306/name, or set ROWAN_URL.");
        }
        return DatabaseOptions.of(url, user, password)
                .withStatementTimeout(Duration.ofSeconds(10))
                .withSocketTimeout(Duration.ofSeconds(15));
    }
}
