package dev.rowan.db.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The settings of a session on which it depends how a server shows a statement. Closing this restores them.
 *
 * @param sqlMode the mode that the session had before
 * @param quotes whether it showed names in quotes before
 */
record ReadingSession(Connection connection, String sqlMode, String quotes) implements AutoCloseable {

    /** Remembers the settings of a session. */
    static ReadingSession of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@sql_mode, @@sql_quote_show_create")) {
            row.next();
            return new ReadingSession(connection, row.getString(1), row.getString(2));
        }
    }

    /** Has names shown in backticks. */
    void begin() throws SQLException {
        set("NO_ENGINE_SUBSTITUTION", "1");
    }

    @Override
    public void close() throws SQLException {
        set(sqlMode, quotes);
    }

    private void set(String mode, String quoted) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '" + mode + "', sql_quote_show_create = " + quoted);
        }
    }
}
