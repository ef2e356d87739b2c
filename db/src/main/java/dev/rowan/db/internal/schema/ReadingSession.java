package dev.rowan.db.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The settings of a session on which it depends how a server shows a statement. Closing this restores them.
 *
 * @param sqlMode the mode that the session had before
 * @param quotes whether it showed names in quotes before
 * @param lockWait for how many seconds it waited for a lock before
 */
record ReadingSession(Connection connection, String sqlMode, String quotes, String lockWait) implements AutoCloseable {

    /** The longest wait for somebody who has locked a table, in seconds; the server's default may be a day. */
    private static final String LONGEST_WAIT = "10";

    /** Remembers the settings of a session. */
    static ReadingSession of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT @@sql_mode, @@sql_quote_show_create, @@lock_wait_timeout")) {
            row.next();
            return new ReadingSession(connection, row.getString(1), row.getString(2), row.getString(3));
        }
    }

    /** Has names shown in backticks. */
    void begin() throws SQLException {
        set("NO_ENGINE_SUBSTITUTION", "1", LONGEST_WAIT);
    }

    @Override
    public void close() throws SQLException {
        set(sqlMode, quotes, lockWait);
    }

    private void set(String mode, String quoted, String wait) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET SESSION sql_mode = '" + mode + "', sql_quote_show_create = " + quoted
                    + ", lock_wait_timeout = " + wait);
        }
    }
}
