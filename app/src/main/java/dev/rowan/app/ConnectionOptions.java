package dev.rowan.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.db.ProjectEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has for its connection: the database and the login. */
final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:ROWAN_URL}",
            description = "JDBC URL of the database, such as jdbc:mysql://host:3306/name. Default: $ROWAN_URL, else the"
                    + " environment of the project (env --help) with its own login.")
    private @Nullable String url;

    @Option(
            names = "--user",
            paramLabel = "USER",
            defaultValue = "${env:ROWAN_USER:-}",
            description = "Database user. Default: $ROWAN_USER.")
    private String user = "";

    @Option(
            names = "--password",
            description =
                    "Prompt for the database password. Default: $ROWAN_PASSWORD. It takes no value, which the list"
                            + " of processes would show.")
    private boolean asksForPassword;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the database password.")
    private @Nullable Path passwordFile;

    /** Opens the database. */
    Database open() {
        return Database.open(options());
    }

    /** Returns the options, with timeouts short enough for an interactive user. */
    DatabaseOptions options() {
        var database = url == null || url.isBlank() ? environment() : DatabaseOptions.of(url, user, password());
        return database.withStatementTimeout(Duration.ofSeconds(10)).withSocketTimeout(Duration.ofSeconds(15));
    }

    private static DatabaseOptions environment() {
        var environment = ProjectEnvironment.find(Path.of(""))
                .orElseThrow(() -> new IllegalArgumentException(
                        "No database URL. Set --url jdbc:mysql://host:3306/name or the variable ROWAN_URL."));
        var server = environment
                .server()
                .orElseThrow(() -> new IllegalArgumentException("The environment of " + environment.project()
                        + " is stopped. Start it with env start, or set --url or ROWAN_URL."));
        return DatabaseOptions.of(server.url(), server.user(), server.password());
    }

    private String password() {
        try {
            if (asksForPassword) {
                return prompted();
            }
            if (passwordFile != null) {
                return firstLine(Files.newBufferedReader(passwordFile));
            }
            return System.getenv().getOrDefault("ROWAN_PASSWORD", "");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The password cannot be read. Check the file, or set ROWAN_PASSWORD.", e);
        }
    }

    /** Asks the user, or reads standard input if nobody can be asked. */
    @SuppressWarnings("SystemConsoleNull") // where it is not null without a terminal, it reads standard input too
    private static String prompted() throws IOException {
        var console = System.console();
        if (console == null) {
            return firstLine(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
        }
        var typed = console.readPassword("Password: ");
        return typed == null ? "" : new String(typed);
    }

    private static String firstLine(BufferedReader lines) throws IOException {
        try (lines) {
            return Objects.requireNonNullElse(lines.readLine(), "");
        }
    }
}
