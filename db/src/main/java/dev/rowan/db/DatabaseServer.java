package dev.rowan.db;

import dev.rowan.db.internal.jdbc.MysqlUrl;
import dev.rowan.db.internal.jdbc.UnpooledDataSource;
import dev.rowan.db.internal.server.DisposableServer;
import dev.rowan.db.internal.server.RunningServer;
import dev.rowan.db.internal.server.RunningServer.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A MySQL or MariaDB server for code generation, tests or development: given by its URL, the environment of the
 * project, in a container, or embedded.
 *
 * <pre>{@code
 * try (DatabaseServer server = DatabaseServer.start(ServerOptions.auto())) {
 *     Migrator.of(server.dataSource(), "rowan/changelog/master.yaml").update();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Containers and embedded servers listen on this machine only, have a random password, and end when
 * this process exits. If the process is killed, an embedded server ends with it (except on Windows), and so does a
 * container unless Testcontainers' reaper is disabled.
 */
public final class DatabaseServer implements AutoCloseable {

    private final RunningServer server;

    private DatabaseServer(RunningServer server) {
        this.server = server;
    }

    /**
     * Starts a server, or connects to the given one.
     *
     * @throws ServerException if it does not start or cannot be reached
     */
    public static DatabaseServer start(ServerOptions options) {
        return new DatabaseServer(ServerLauncher.start(options, System.getenv(), Path.of("")));
    }

    static DatabaseServer of(RunningServer server) {
        return new DatabaseServer(server);
    }

    /**
     * Returns the JDBC URL of the database to work in, without credentials: {@code jdbc:mysql://127.0.0.1:41234/rowan}.
     */
    public String url() {
        return server.url();
    }

    /** Returns the user for {@link #url()}. */
    public String user() {
        return server.user();
    }

    /** Returns the password of {@link #user()}; empty if there is none. */
    public String password() {
        return server.password();
    }

    /** Returns product, version and kind, for people: {@code MySQL 9.7.4 in a container (mysql:9.7)}. */
    public String description() {
        return server.description();
    }

    /**
     * Returns whether the server was started for this process and ends with it: true unless it was given by its URL, or
     * is a {@link ProjectEnvironment}.
     */
    public boolean disposable() {
        return server.kind() == Kind.DISPOSABLE;
    }

    /** Returns whether the server is that of a {@link ProjectEnvironment}. */
    public boolean environment() {
        return server.kind() == Kind.ENVIRONMENT;
    }

    /** Returns a data source for {@link #url()}, without a pool. */
    public DataSource dataSource() {
        return UnpooledDataSource.of(url(), user(), password());
    }

    /**
     * Creates an empty database next to the one of {@link #url()}, with the character set and collation of that one,
     * and returns its JDBC URL.
     *
     * @throws ServerException if a database of that name exists, or {@link #user()} lacks the privilege
     */
    public String createDatabase(String name) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@character_set_database, @@collation_database")) {
            row.next();
            var charset = " CHARACTER SET " + row.getString(1) + " COLLATE " + row.getString(2);
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true) + charset);
        } catch (SQLException e) {
            throw new ServerException(
                    "Cannot create the database '" + name + "' on " + description() + ": " + e.getMessage()
                            + ". Choose another name, or grant '" + user() + "' the privilege CREATE on it.",
                    e);
        }
        return MysqlUrl.parse(url()).withDatabase(name).url();
    }

    /**
     * Creates an empty database as {@link #createDatabase} does, and returns this server with it as the one to work in.
     * To close that drops the database, and does not stop the server.
     *
     * @param prefix how its name begins; the rest is random
     * @throws ServerException if {@link #user()} lacks the privilege
     */
    public DatabaseServer temporaryDatabase(String prefix) {
        var name = prefix + DisposableServer.randomPassword().substring(0, 12);
        var url = createDatabase(name);
        return new DatabaseServer(
                new RunningServer(url, user(), password(), description(), server.kind(), () -> dropDatabase(name)));
    }

    private void dropDatabase(String name) {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            throw new ServerException(
                    "Cannot drop the database '" + name + "' on " + description() + ": " + e.getMessage()
                            + ". Drop it by hand.",
                    e);
        }
    }

    /** Stops the server if it is {@link #disposable()} and deletes its files. Has no effect the second time. */
    @Override
    public void close() {
        server.stop().run();
    }

    /** Returns the description, and the URL of a disposable server. */
    @Override
    public String toString() {
        return server.toString();
    }
}
