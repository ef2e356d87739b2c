package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ServerProduct;
import dev.rowan.db.internal.jdbc.SessionSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.MySQLDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.executor.ExecutorService;

/**
 * A connection prepared for Liquibase: its session has the settings that those of a service have, and short lock
 * timeouts. Closing it restores the connection's original state, because it may belong to a pool, and leaves it open.
 */
final class LiquibaseConnection implements AutoCloseable {

    /** What a migration sets beside {@link SessionSetting}. */
    private static final List<String> OTHER_SETTINGS =
            List.of("lock_wait_timeout", "innodb_lock_wait_timeout", "time_zone");

    private final Connection connection;
    private final Database database;
    private final boolean autoCommit;
    private final String original;

    private LiquibaseConnection(Connection connection, Database database, boolean autoCommit, String original) {
        this.connection = connection;
        this.database = database;
        this.autoCommit = autoCommit;
        this.original = original;
    }

    static LiquibaseConnection prepare(Connection connection, ServerProduct product, Duration lockTimeout)
            throws SQLException, DatabaseException {
        var autoCommit = connection.getAutoCommit();
        var original = settings(connection, product);
        set(
                connection,
                SessionSetting.assignments() + ", lock_wait_timeout=" + lockTimeout.toSeconds()
                        + ", innodb_lock_wait_timeout=" + lockTimeout.toSeconds() + ", time_zone='+00:00'");
        var database = database(new JdbcConnection(connection), product);
        return new LiquibaseConnection(connection, database, autoCommit, original);
    }

    /** A MariaDB that stands in for MySQL runs the changesets that are for MySQL only ({@code dbms:mysql}). */
    private static Database database(JdbcConnection connection, ServerProduct product) throws DatabaseException {
        if (product.standsInForMysql()) {
            var database = new MySQLDatabase();
            database.setConnection(connection);
            return database;
        }
        return DatabaseFactory.getInstance().findCorrectDatabaseImplementation(connection);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() throws SQLException {
        // Liquibase keeps a reference to each database for the life of the JVM unless it is reset
        Scope.getCurrentScope()
                .getSingleton(ChangeLogHistoryServiceFactory.class)
                .resetAll();
        Scope.getCurrentScope().getSingleton(ExecutorService.class).clearExecutor("jdbc", database);
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        connection.setAutoCommit(autoCommit);
        set(connection, original);
    }

    /** Returns the assignments that give a session the settings that it has now. */
    private static String settings(Connection connection, ServerProduct product) throws SQLException {
        var settings = Arrays.stream(SessionSetting.values())
                .filter(setting -> setting.isOn(product.isMariaDb()) && setting != SessionSetting.AUTOCOMMIT)
                .toList();
        var query = Stream.concat(settings.stream().map(SessionSetting::variable), OTHER_SETTINGS.stream())
                .map(variable -> "@@session." + variable + " AS " + variable)
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            var assignments = new ArrayList<String>();
            for (var setting : settings) {
                assignments.add(setting.assignment(row.getString(setting.variable())));
            }
            for (var variable : OTHER_SETTINGS) {
                var value = row.getString(variable);
                assignments.add(variable + "=" + (variable.equals("time_zone") ? "'" + value + "'" : value));
            }
            return String.join(", ", assignments);
        }
    }

    private static void set(Connection connection, String assignments) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION " + assignments);
        }
    }
}
