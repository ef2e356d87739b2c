package dev.rowan.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The same pool for all who do not bring their own. */
final class Pools {

    private Pools() {}

    static HikariDataSource open(Target target, String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(target.user());
        config.setPassword(target.password());
        config.setMaximumPoolSize(Target.POOL);
        return new HikariDataSource(config);
    }
}
