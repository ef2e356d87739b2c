package dev.rowan.junit.testing;

import dev.rowan.junit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs SQL and reads its rows as text. */
public final class SqlRunner {

    private SqlRunner() {}

    /** Opens a connection to the URL of the database, as a pool does, instead of one of its data source. */
    public static Connection connect(TestDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /** Runs each statement, on one connection. */
    public static void execute(DataSource dataSource, String... statements) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            execute(connection, statements);
        }
    }

    /** Runs each statement. */
    public static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows, each with its columns joined by spaces. */
    public static List<String> query(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return query(connection, sql);
        }
    }

    /** Returns the rows, each with its columns joined by spaces. */
    public static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var cells = new ArrayList<String>();
                for (var i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(result.getString(i));
                }
                rows.add(String.join(" ", cells));
            }
            return rows;
        }
    }
}
