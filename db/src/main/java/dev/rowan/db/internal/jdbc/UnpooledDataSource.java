package dev.rowan.db.internal.jdbc;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * A data source without a pool, for the few connections that a migration, the generator or a test needs. Their sessions
 * have the settings that those of a service have, whatever the server's defaults are.
 */
public final class UnpooledDataSource extends MysqlDataSource {

    private static final long serialVersionUID = 1;

    /** Only connecting has a timeout, to notice a server that does not answer: a changeset may run for hours. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private UnpooledDataSource() {}

    /**
     * Returns a data source that opens a new connection to this URL for each call.
     *
     * @throws IllegalArgumentException if the URL cannot be read, has a login, or sets a property that it must not set
     */
    public static DataSource of(String url, String user, String password) {
        try {
            var dataSource = new UnpooledDataSource();
            dataSource.setUrl(withSettings(MysqlUrl.withoutLogin(url)).forDriver());
            dataSource.setUser(user);
            dataSource.setPassword(password);
            dataSource.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            return dataSource;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets them in the URL, which goes before other properties of a MysqlDataSource. */
    private static MysqlUrl withSettings(MysqlUrl url) {
        var properties = new TreeMap<>(url.properties());
        properties.merge("sessionVariables", SessionSetting.assignments(), (others, own) -> others + ", " + own);
        properties.put("connectionTimeZone", "UTC");
        properties.put("forceConnectionTimeZoneToSession", "true");
        properties.put("preserveInstants", "false");
        return new MysqlUrl(url.hosts(), url.database(), properties, "", "");
    }
}
