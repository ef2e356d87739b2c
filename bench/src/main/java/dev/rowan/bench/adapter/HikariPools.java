package dev.rowan.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The same pool for all who do not bring their own. */
final class Pools {

    private Pools() {}

    static HikariDataSource open(Target target, String url) {
        var config = new HikariConfig();
        configure(config, target, url, Target.POOL);
        return new HikariDataSource(config);
    }

    /** Returns a pool of one connection, which is made when it is asked for. */
    static HikariDataSource one(Target target, String url) {
        var pool = new HikariDataSource();
        configure(pool, target, url, 1);
        return pool;
    }

    private static void configure(HikariConfig config, Target target, String url, int size) {
        config.setJdbcUrl(url);
        config.setUsername(target.user());
        config.setPassword(target.password());
        config.setMaximumPoolSize(size);
    }
}
