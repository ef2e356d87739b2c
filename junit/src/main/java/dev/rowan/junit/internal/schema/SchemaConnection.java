package dev.rowan.junit;

import dev.rowan.db.DatabaseServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The extension's own connection to one schema: it checks no foreign keys, and waits for locks for seconds only. */
final class Sql implements AutoCloseable {

    /** A row whose key is 0 keeps it; for the rest, what was let in once is let in again. */
    static final String MODE = "NO_AUTO_VALUE_ON_ZERO";

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Connection connection;
    private final boolean mariaDb;

    private Sql(Connection connection) throws SQLException {
        this.connection = connection;
        this.mariaDb = connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    static Sql on(DatabaseServer server, String schema) {
        Sql sql;
        try {
            sql = new Sql(server.dataSource().getConnection());
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "No connection to " + server.description() + " for the test's schema: " + e.getMessage(), e);
        }
        sql.run("USE " + quoted(schema));
        // MySQL shows counters as they were a day ago, unless it is told otherwise
        sql.run("SET SESSION foreign_key_checks = 0, sql_mode = '" + MODE + "', lock_wait_timeout = 5"
                + ", innodb_lock_wait_timeout = 5 /*!80000 , information_schema_stats_expiry = 0 */");
        return sql;
    }

    /** Returns a name as it stands in a statement. */
    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    boolean isMariaDb() {
        return mariaDb;
    }

    void run(String text) {
        try {
            execute(text);
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    /**
     * Runs what needs a table to itself. MariaDB's own threads, which tidy up after the rows that were deleted, may use the
     * table still, and it does not wait for them as it does for others.
     */
    void runAlone(String text) {
        for (var end = System.nanoTime() + PATIENCE.toNanos(); ; ) {
            try {
                execute(text);
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != LOCK_WAIT_TIMEOUT || System.nanoTime() > end) {
                    throw failed(text, e);
                }
            }
        }
    }

    private void execute(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // a brace in a trigger's body is the body's
            statement.execute(text);
        }
    }

    /** Returns the rows, NULL as an empty string. */
    List<List<String>> rows(String text) {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(text)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                rows.add(cells(result));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    /** Returns the first column of the rows. */
    List<String> column(String text) {
        return rows(text).stream().map(row -> row.get(0)).toList();
    }

    /** Returns the first row. */
    List<String> row(String text) {
        return rows(text).get(0);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("the end of the connection", e);
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

    private static IllegalStateException failed(String text, SQLException e) {
        return new IllegalStateException("The test's schema: " + e.getMessage() + ", at: " + text, e);
    }
}
