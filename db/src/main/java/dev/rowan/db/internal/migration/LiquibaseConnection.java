package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ServerProduct;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.MySQLDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.executor.ExecutorService;

/**
 * A connection prepared for Liquibase, with short lock timeouts. Closing it restores the connection's original state,
 * because it may belong to a pool, and leaves it open.
 */
final class LiquibaseConnection implements AutoCloseable {

    private final Connection connection;
    private final Database database;
    private final boolean autoCommit;
    private final String settings;

    private LiquibaseConnection(Connection connection, Database database, boolean autoCommit, String settings) {
        this.connection = connection;
        this.database = database;
        this.autoCommit = autoCommit;
        this.settings = settings;
    }

    static LiquibaseConnection prepare(Connection connection, ServerProduct product, Duration lockTimeout)
            throws SQLException, DatabaseException {
        var autoCommit = connection.getAutoCommit();
        var settings = settings(connection);
        var seconds = lockTimeout.toSeconds();
        set(connection, "lock_wait_timeout = " + seconds + ", innodb_lock_wait_timeout = " + seconds);
        var database = database(new JdbcConnection(connection), product);
        return new LiquibaseConnection(connection, database, autoCommit, settings);
    }

    /** Returns what a migration or its changesets may set, as it is now. */
    private static String settings(Connection connection) throws SQLException {
        var variables = List.of("lock_wait_timeout", "innodb_lock_wait_timeout", "sql_mode", "time_zone");
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@" + String.join(", @@", variables))) {
            row.next();
            var settings = new ArrayList<String>();
            for (var variable : variables) {
                var value = row.getString(variables.indexOf(variable) + 1);
                settings.add(variable + " = " + (value.matches("\\d+") ? value : "'" + value + "'"));
            }
            return String.join(", ", settings);
        }
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
        set(connection, settings);
    }

    private static void set(Connection connection, String settings) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION " + settings);
        }
    }
}
