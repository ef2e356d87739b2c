package dev.rowan.db.internal.jdbc;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Creates data sources without a pool, for the few connections that a migration or a test needs. */
public final class UnpooledDataSource {

    /** Only connecting has a timeout, to notice a server that does not answer: a changeset may run for hours. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private UnpooledDataSource() {}

    /** Returns a data source that opens a new connection to this URL for each call. */
    public static DataSource of(String url, String user, String password) {
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
