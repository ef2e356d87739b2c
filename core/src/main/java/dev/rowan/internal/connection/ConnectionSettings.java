package dev.rowan.internal.connection;

import java.util.LinkedHashMap;
import java.util.Map;

/** The properties of the driver that connections need, whosever pool they are in. */
public final class ConnectionSettings {

    private ConnectionSettings() {}

    /** Returns the properties, each with its value. */
    public static Map<String, String> forPools() {
        var properties = new LinkedHashMap<String, String>();
        // Times are sent in UTC, whatever the time zone of the JVM or the server.
        properties.put("connectionTimeZone", "UTC");
        properties.put("forceConnectionTimeZoneToSession", "true");
        properties.put("sessionVariables", SessionSetting.assignments());
        // Time of a lookup relative to raw JDBC: 1.0 prepared and cached, 1.31 not prepared, 2.19 prepared and not
        // cached.
        properties.put("useServerPrepStmts", "true");
        properties.put("cachePrepStmts", "true");
        properties.put("prepStmtCacheSize", "256");
        properties.put("prepStmtCacheSqlLimit", String.valueOf(HikariConnections.LONGEST_PREPARED));
        return properties;
    }
}
