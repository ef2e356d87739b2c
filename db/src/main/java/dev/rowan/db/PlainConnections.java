package dev.rowan.db;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Connections without a pool, for the few that a migration or a test needs. */
final class PlainConnections {

    /** A server that does not answer is noticed; a changeset takes as long as it takes. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private PlainConnections() {}

    static DataSource to(String url, String user, String password) {
        try {
            var dataSource = new MysqlDataSource();
            dataSource.setUrl(url);
            dataSource.setUser(user);
            dataSource.setPassword(password);
            dataSource.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            return dataSource;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
