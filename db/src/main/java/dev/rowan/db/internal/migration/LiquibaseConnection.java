package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ServerProduct;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private final long tableLockSeconds;
    private final long rowLockSeconds;

    private LiquibaseConnection(
            Connection connection, Database database, boolean autoCommit, long tableLockSeconds, long rowLockSeconds) {
        this.connection = connection;
        this.database = database;
        this.autoCommit = autoCommit;
        this.tableLockSeconds = tableLockSeconds;
        this.rowLockSeconds = rowLockSeconds;
    }

    static LiquibaseConnection prepare(Connection connection, ServerProduct product, Duration lockTimeout)
            throws SQLException, DatabaseException {
        var autoCommit = connection.getAutoCommit();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@lock_wait_timeout, @@innodb_lock_wait_timeout")) {
            row.next();
            var tableLockSeconds = row.getLong(1);
            var rowLockSeconds = row.getLong(2);
            setTimeouts(connection, lockTimeout.toSeconds(), lockTimeout.toSeconds());
            var database = database(new JdbcConnection(connection), product);
            return new LiquibaseConnection(connection, database, autoCommit, tableLockSeconds, rowLockSeconds);
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
        setTimeouts(connection, tableLockSeconds, rowLockSeconds);
    }

    private static void setTimeouts(Connection connection, long tableLockSeconds, long rowLockSeconds)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = " + tableLockSeconds + ", innodb_lock_wait_timeout = "
                    + rowLockSeconds);
        }
    }
}
