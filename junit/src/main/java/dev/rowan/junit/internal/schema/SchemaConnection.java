package dev.rowan.junit.internal.schema;

import dev.rowan.db.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The extension's own connection to a schema, without foreign key checks and with short lock timeouts. */
final class SchemaConnection implements AutoCloseable {

    /** Copies every row that the template contains: keys of 0 are kept, and the strict modes are off. */
    static final String SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final Duration RETRY_LIMIT = Duration.ofMinutes(1);

    private final Connection connection;
    private final boolean mariaDb;

    private SchemaConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.mariaDb = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    static SchemaConnection open(DatabaseServer server, String schema) {
        SchemaConnection opened;
        try {
            opened = new SchemaConnection(server.dataSource().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "No connection to " + server.description() + " for a test schema: " + e.getMessage(), e);
        }
        opened.run("USE " + quoted(schema));
        // by default MySQL caches AUTO_INCREMENT counters in information_schema for a day
        opened.run("SET SESSION foreign_key_checks = 0, sql_mode = '" + SQL_MODE + "', lock_wait_timeout = 5"
                + ", innodb_lock_wait_timeout = 5 /*!80000 , information_schema_stats_expiry = 0 */");
        return opened;
    }

    /** Returns a name as a quoted identifier. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    boolean isMariaDb() {
        return mariaDb;
    }

    void run(String sql) {
        try {
            execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /**
     * Runs a statement that needs an exclusive lock on a table, and retries it after a lock wait timeout. MariaDB does
     * not wait for its own purge threads, which may still use the table after rows were deleted: it fails at once.
     */
    void runExclusively(String sql) {
        for (var deadline = System.nanoTime() + RETRY_LIMIT.toNanos(); ; ) {
            try {
                execute(sql);
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != LOCK_WAIT_TIMEOUT || System.nanoTime() > deadline) {
                    throw failed(sql, e);
                }
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // a brace in the body of a trigger is not a JDBC escape
            statement.execute(sql);
        }
    }

    /** Returns the rows, with NULL as an empty string. */
    List<List<String>> rows(String sql) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                rows.add(cells(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Returns the first column of the rows. */
    List<String> column(String sql) {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    /** Returns the first row. */
    List<String> row(String sql) {
        return rows(sql).get(0);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("(closing the connection)", e);
        }
    }

    private static List<String> cells(ResultSet result) throws SQLException {
        var cells = new ArrayList<String>();
        for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            var cell = result.getString(i);
            cells.add(cell == null ? "" : cell);
        }
        return cells;
    }

    private static IllegalStateException failed(String sql, SQLException e) {
        return new IllegalStateException(
                "A statement on a test schema failed: " + e.getMessage() + ". The statement: " + sql, e);
    }
}
