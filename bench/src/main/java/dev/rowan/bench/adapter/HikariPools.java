package dev.rowan.bench.adapter;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.bench.database.ConnectionDetails;

/** The connection pools of libraries that have none of their own. */
public final class HikariPools {

    private HikariPools() {}

    /** Opens a pool of {@value ConnectionDetails#POOL_SIZE} connections. */
    public static HikariDataSource open(ConnectionDetails details, String url) {
        var config = new HikariConfig();
        configure(config, details, url, ConnectionDetails.POOL_SIZE);
        return new HikariDataSource(config);
    }

    /** Returns a pool of one connection, which opens on first use. */
    public static HikariDataSource singleConnection(ConnectionDetails details, String url) {
        var pool = new HikariDataSource();
        configure(pool, details, url, 1);
        return pool;
    }

    private static void configure(HikariConfig config, ConnectionDetails details, String url, int size) {
        config.setJdbcUrl(url);
        config.setUsername(details.user());
        config.setPassword(details.password());
        config.setMaximumPoolSize(size);
    }
}
