package dev.rowan.internal.util;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The driver's properties that a URL may set. Others may run code, read files, show values, or change what statements
 * mean; what the driver adds in a later version is not allowed before somebody has looked at it.
 *
 * <p>This class exists twice, in core and in db, which share no code; a test holds them equal.
 */
final class UrlProperties {

    private static final TreeMap<String, String> ALLOWED = Set.of(
                    // TLS and login
                    "sslMode",
                    "trustCertificateKeyStoreUrl",
                    "trustCertificateKeyStoreType",
                    "trustCertificateKeyStorePassword",
                    "clientCertificateKeyStoreUrl",
                    "clientCertificateKeyStoreType",
                    "clientCertificateKeyStorePassword",
                    "fallbackToSystemTrustStore",
                    "fallbackToSystemKeyStore",
                    "tlsVersions",
                    "tlsCiphersuites",
                    "allowPublicKeyRetrieval",
                    "serverRSAPublicKeyFile",
                    // the network
                    "connectTimeout",
                    "socketTimeout",
                    "tcpKeepAlive",
                    "tcpNoDelay",
                    "tcpRcvBuf",
                    "tcpSndBuf",
                    "tcpTrafficClass",
                    "localSocketAddress",
                    "socksProxyHost",
                    "socksProxyPort",
                    "socksProxyRemoteDns",
                    "maxAllowedPacket",
                    "useCompression",
                    // several hosts
                    "failOverReadOnly",
                    "initialTimeout",
                    "queriesBeforeRetrySource",
                    "retriesAllDown",
                    "secondsBeforeRetrySource",
                    // the session
                    "characterEncoding",
                    "connectionAttributes",
                    "connectionCollation",
                    "connectionTimeZone",
                    "createDatabaseIfNotExist",
                    "forceConnectionTimeZoneToSession",
                    "nullDatabaseMeansCurrent",
                    "preserveInstants",
                    "sessionVariables",
                    "trackSessionState",
                    // statements
                    "cachePrepStmts",
                    "cacheServerConfiguration",
                    "elideSetAutoCommits",
                    "maintainTimeStats",
                    "prepStmtCacheSize",
                    "prepStmtCacheSqlLimit",
                    "rewriteBatchedStatements",
                    "useLocalSessionState",
                    "useServerPrepStmts",
                    // values
                    "tinyInt1isBit",
                    "transformedBitIsBoolean",
                    "yearIsDateType",
                    "zeroDateTimeBehavior")
            .stream()
            .collect(Collectors.toMap(
                    Function.identity(),
                    Function.identity(),
                    (a, b) -> a,
                    () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));

    /** Why some are not allowed, and what to do instead. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "it would let the server read files of this machine. Leave it out: load(…) needs no property",
            Set.of("allowLoadLocalInfile", "allowLoadLocalInfileInPath", "allowUrlInLocalInfile"),
            "one SQL text could then hold a second statement. Leave it out, and run statements one by one",
            Set.of("allowMultiQueries"),
            "an update that changes nothing would look like a missing row. Leave it out",
            Set.of("useAffectedRows"),
            "a transaction could go on without its first statements. Leave it out: transactions are retried as a whole",
            Set.of("autoReconnect", "autoReconnectForPools", "useLocalTransactionState"),
            "sslMode says it. Set sslMode to VERIFY_IDENTITY, VERIFY_CA, REQUIRED or DISABLED",
            Set.of("useSSL", "requireSSL", "verifyServerCertificate"),
            "times are sent in UTC. Leave it out",
            Set.of("serverTimezone", "useLegacyDatetimeCode", "cacheDefaultTimeZone"),
            "every character is sent. Leave it out",
            Set.of("useUnicode"),
            "messages and logs would show values. Leave it out: the log dev.rowan.sql shows statements",
            Set.of(
                    "dumpQueriesOnException",
                    "enablePacketDebug",
                    "explainSlowQueries",
                    "includeInnodbStatusInDeadlockExceptions",
                    "includeThreadDumpInDeadlockExceptions",
                    "logSlowQueries",
                    "logXaCommands",
                    "profileSQL",
                    "traceProtocol"),
            "it names a class or a file that the driver would load. Leave it out",
            Set.of(
                    "authenticationPlugins",
                    "clientInfoProvider",
                    "connectionLifecycleInterceptors",
                    "defaultAuthenticationPlugin",
                    "exceptionInterceptors",
                    "ha_loadBalanceStrategy",
                    "keyManagerFactoryProvider",
                    "keyStoreProvider",
                    "loadBalanceExceptionChecker",
                    "logger",
                    "profilerEventHandler",
                    "propertiesTransform",
                    "queryInfoCacheFactory",
                    "queryInterceptors",
                    "serverConfigCacheFactory",
                    "socketFactory",
                    "sslContextProvider",
                    "trustManagerFactoryProvider",
                    "useConfigs"),
            "results would be cut or changed. Leave it out",
            Set.of("emptyStringsConvertToZero", "maxRows", "jdbcCompliantTruncation", "sendFractionalSeconds"));

    private UrlProperties() {}

    /** Returns a property's own spelling. @throws IllegalArgumentException if a URL must not set it */
    static String allowed(String name) {
        var allowed = ALLOWED.get(name);
        if (allowed != null) {
            return allowed;
        }
        for (var refused : REFUSED.entrySet()) {
            for (var known : refused.getValue()) {
                if (known.equalsIgnoreCase(name)) {
                    throw new IllegalArgumentException("The url must not set " + known + ": " + refused.getKey() + ".");
                }
            }
        }
        // without the name: after an & in a password, it would be the password's end
        throw new IllegalArgumentException("The url sets a property that is not allowed, or that the driver does not"
                + " have. Allowed are " + String.join(", ", new TreeSet<>(ALLOWED.keySet())) + ".");
    }

    /** Checks the mode of TLS. @throws IllegalArgumentException if it is not one, or leaves TLS to the server */
    static void checkSslMode(@Nullable String mode, boolean onThisMachine) {
        var known = mode == null ? "VERIFY_IDENTITY" : mode.toUpperCase(Locale.ROOT);
        if (Set.of("VERIFY_IDENTITY", "VERIFY_CA", "REQUIRED", "DISABLED").contains(known)
                || (known.equals("PREFERRED") && onThisMachine)) {
            return;
        }
        throw new IllegalArgumentException("The url must set sslMode to VERIFY_IDENTITY, VERIFY_CA, REQUIRED or"
                + " DISABLED, or leave it out: TLS is then required and verified, except on this machine. Under"
                + " PREFERRED, whoever is between could turn it off.");
    }
}
