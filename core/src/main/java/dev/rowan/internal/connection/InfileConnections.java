package dev.rowan.internal.connection;

import dev.rowan.internal.failure.ConnectExceptionTranslator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Connections that may run LOAD DATA LOCAL INFILE, which the pool's connections may not. Each is opened for its
 * borrower, and closed afterwards. It takes the place of a connection of the pool, so that loads open no more
 * connections than the pool may have.
 */
record InfileConnections(String url, String target, Properties properties, HikariConnections pool)
        implements ConnectionSource {

    @Override
    public Connection borrow() {
        pool.beginApart();
        try {
            return open();
        } catch (Throwable failure) {
            pool.endApart();
            throw failure;
        }
    }

    private Connection open() {
        try {
            return DriverManager.getConnection(url, properties);
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
            // the server closes its side
        } finally {
            pool.endApart();
        }
    }

    @Override
    public void stopStatement(Connection running) {
        ConnectionSource.stopStatement(running, () -> DriverManager.getConnection(url, properties));
    }

    @Override
    public int inUse() {
        return 0;
    }

    @Override
    public void close() {}

    /** Leaves out the properties, which include the password. */
    @Override
    public String toString() {
        return "InfileConnections[" + target + "]";
    }
}
