package dev.rowan.bench;

import java.util.Map;

/**
 * The database that is worked on, as a contestant's process is told by its environment.
 *
 * @param url its URL, without settings of the driver
 */
record Target(String url, String user, String password) {

    /** How many connections each contestant has at most. */
    static final int POOL = 8;

    /** Plain text on loopback, as the servers of a service often are; the same for all but the driver's defaults. */
    private static final String PLAIN = "sslMode=DISABLED&allowPublicKeyRetrieval=true";

    private static final String TUNED =
            PLAIN + "&useServerPrepStmts=true&cachePrepStmts=true&prepStmtCacheSize=256&prepStmtCacheSqlLimit=8192"
                    + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";

    static Target fromEnvironment() {
        var environment = System.getenv();
        return new Target(
                environment.getOrDefault("BENCH_URL", ""),
                environment.getOrDefault("BENCH_USER", ""),
                environment.getOrDefault("BENCH_PASSWORD", ""));
    }

    Map<String, String> environment() {
        return Map.of("BENCH_URL", url, "BENCH_USER", user, "BENCH_PASSWORD", password);
    }

    /** Returns the URL with the transport alone, for those who know the other settings themselves. */
    String plain() {
        return with(PLAIN);
    }

    /** Returns the URL with the driver's best settings for statements that are run again and again. */
    String tuned() {
        return with(TUNED);
    }

    /** Returns the URL with the best settings for batches, which are sent as one statement; prepared on the server they cost more. */
    String batches() {
        return with(PLAIN + "&rewriteBatchedStatements=true");
    }

    /** Returns the URL with the best settings for both that one connection can have. */
    String batching() {
        return with(TUNED + "&rewriteBatchedStatements=true");
    }

    String with(String settings) {
        return url + (url.contains("?") ? "&" : "?") + settings;
    }

    @Override
    public String toString() {
        return "Target[" + user + "]"; // a URL that was given may hold secrets
    }
}
