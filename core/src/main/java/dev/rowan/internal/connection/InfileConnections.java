package dev.rowan.internal.connection;

import dev.rowan.internal.failure.ConnectExceptionTranslator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Connections on which the driver may send data as a file, each opened for its borrower and then closed: those of the pool
 * keep that door shut.
 */
record InfileConnections(String url, String target, Properties properties, String sessionSettings)
        implements ConnectionSource {

    @Override
    public Connection borrow() {
        try {
            var connection = DriverManager.getConnection(url, properties);
            try (var statement = connection.createStatement()) {
                statement.execute(sessionSettings);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw ConnectExceptionTranslator.typed(e, target);
        }
    }

    @Override
    public void giveBack(Connection connection) {
        discard(connection);
    }

    @Override
    public void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server ends what is left of it
        }
    }

    @Override
    public int inUse() {
        return 0;
    }

    @Override
    public void close() {}

    /** Returns no property: one is the password. */
    @Override
    public String toString() {
        return "FileConnections[" + target + "]";
    }
}
