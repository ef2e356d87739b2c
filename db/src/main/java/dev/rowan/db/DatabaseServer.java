package dev.rowan.db;

import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A MySQL-speaking database server to generate, test or run on: one given by URL, a container, or an embedded MariaDB.
 *
 * <pre>{@code
 * try (DatabaseServer server = DatabaseServer.start(ServerOptions.auto())) {
 *     Migrator.of(server.dataSource(), "rowan/changelog/master.yaml").update();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Containers and embedded servers listen on this machine only, have a random password, and end when this
 * process exits. If it is killed outright, an embedded server ends with it (but not on Windows), and a container if
 * Testcontainers' reaper is not disabled.
 */
public sealed interface DatabaseServer extends AutoCloseable permits GivenServer, ThrowawayServer {

    /**
     * Starts a server, or connects to the given one.
     *
     * @throws ServerException if it cannot be had
     */
    static DatabaseServer start(ServerOptions options) {
        return switch (options.server()) {
            case "auto" -> AutomaticServer.start(options, System.getenv());
            case "docker" -> ContainerServer.start(options.image(), System.getenv());
            case "embedded" -> EmbeddedServer.start(options.binaries(), "");
            default -> GivenServer.connect(options);
        };
    }

    /** Returns the JDBC URL of the database to work in, without credentials: {@code jdbc:mysql://127.0.0.1:41234/rowan}. */
    String url();

    /** Returns who signs in at {@link #url()}. */
    String user();

    /** Returns the password of {@link #user()}; empty if there is none. */
    String password();

    /** Returns product, version and kind, for people: {@code MySQL 9.7.4 in a container (mysql:9.7)}. */
    String description();

    /** Returns whether the server was made for this process and is gone with it: true unless it was given by URL. */
    boolean disposable();

    /** Returns a plain source of connections to {@link #url()}, without a pool. */
    default DataSource dataSource() {
        return PlainConnections.to(url(), user(), password());
    }

    /**
     * Makes an empty database beside the one of {@link #url()} and returns its JDBC URL.
     *
     * @throws ServerException if a database of that name exists, or {@link #user()} may not make one
     */
    default String createDatabase(String name) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new ServerException(
                    "Cannot create the database '" + name + "' on " + description() + ": " + e.getMessage()
                            + ". Take another name, or grant '" + user() + "' the privilege CREATE on it.",
                    e);
        }
        return MysqlUrl.parse(url()).withDatabase(name).url();
    }

    /** Ends the server if it is {@link #disposable()} and removes what it wrote. Does nothing the second time. */
    @Override
    void close();
}
