package dev.rowan.bench.database;

import java.util.Map;

/**
 * The address and login of the database under test, with the driver settings for each kind of work. A worker process
 * receives them in its environment variables.
 *
 * @param url the JDBC URL, without driver settings
 */
public record ConnectionDetails(String url, String user, String password) {

    /** The maximum number of connections of each contestant. */
    public static final int POOL_SIZE = 8;

    /** No TLS: client and server share the machine. The driver's defaults alone differ. */
    private static final String PLAIN_TEXT = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

    private static final String SERVER_PREPARED =
            PLAIN_TEXT + "&useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSize=256&prepStmtCacheSqlLimit=8192"
                    + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";

    private static final String REWRITTEN_BATCHES = "&rewriteBatchedStatements=true";

    /** Reads the details that {@link #environment} wrote. */
    public static ConnectionDetails fromEnvironment() {
        var environment = System.getenv();
        return new ConnectionDetails(
                environment.getOrDefault("BENCH_URL", ""),
                environment.getOrDefault("BENCH_USER", ""),
                environment.getOrDefault("BENCH_PASSWORD", ""));
    }

    /** Returns the environment variables for a worker process. */
    public Map<String, String> environment() {
        return Map.of("BENCH_URL", url, "BENCH_USER", user, "BENCH_PASSWORD", password);
    }

    /** Returns the URL without TLS, for a library that chooses all other settings itself. */
    public String plainTextUrl() {
        return urlWith(PLAIN_TEXT);
    }

    /** Returns the URL with the driver's fastest settings for repeated single statements: prepared on the server. */
    public String serverPreparedUrl() {
        return urlWith(SERVER_PREPARED);
    }

    /** Returns the URL with the driver's fastest settings for batches: rewritten, and not prepared on the server. */
    public String batchUrl() {
        return urlWith(PLAIN_TEXT + REWRITTEN_BATCHES);
    }

    /** Returns the URL for a library that sends single statements and batches over the same connections. */
    public String serverPreparedAndBatchUrl() {
        return urlWith(SERVER_PREPARED + REWRITTEN_BATCHES);
    }

    private String urlWith(String settings) {
        return url + (url.contains("?") ? "&" : "?") + settings;
    }

    /** Leaves out the URL and the password: a URL can contain secrets. */
    @Override
    public String toString() {
        return "ConnectionDetails[" + user + "]";
    }
}
