package dev.rowan.junit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Plain statements, for tests. */
final class Db {

    private Db() {}

    /** Opens a connection past the extension's own, as a pool would. */
    static Connection connect(TestDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    static void run(DataSource dataSource, String... texts) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            run(connection, texts);
        }
    }

    static void run(Connection connection, String... texts) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var text : texts) {
                statement.execute(text);
            }
        }
    }

    static List<String> read(DataSource dataSource, String text) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return read(connection, text);
        }
    }

    /** Returns the rows, each with its columns joined by spaces. */
    static List<String> read(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(text)) {
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
