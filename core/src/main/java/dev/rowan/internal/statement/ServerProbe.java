package dev.rowan.internal.statement;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.SessionSetting;
import dev.rowan.internal.driver.ConnectorJ;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.util.MysqlUrl;
import dev.rowan.observe.ObservedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/** Reads the engine of a server, and checks the settings of its connections that Rowan relies on. */
public final class ServerProbe {

    private static final String OTHER_SETTINGS = "@@session.max_allowed_packet as max_allowed_packet,"
            + " unix_timestamp('2024-01-01') = 1704067200 and unix_timestamp('2024-07-01') = 1719792000 as is_utc,"
            + " @@session.character_set_client as of_client, @@session.character_set_connection as of_connection,"
            + " @@session.character_set_results as of_results, coalesce(database(), '') as own_schema";

    /** Modes that change the meaning of SQL, or the values that are read. */
    private static final Set<String> MODES_OF_OTHER_MEANING = Set.of(
            "NO_BACKSLASH_ESCAPES",
            "ANSI_QUOTES",
            "PIPES_AS_CONCAT",
            "HIGH_NOT_PRECEDENCE",
            "NO_AUTO_VALUE_ON_ZERO",
            "PAD_CHAR_TO_FULL_LENGTH",
            "EMPTY_STRING_IS_NULL");

    /** The first version of its line with innodb_snapshot_isolation, in the servers' own numbering. */
    private static final int OLDEST_MARIADB = 11_04_02;

    /** The first version with aliases for VALUES. */
    private static final int OLDEST_MYSQL = 8_00_19;

    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final String IN_UTC = "Set connectionTimeZone=UTC and forceConnectionTimeZoneToSession=true.";

    /**
     * The properties of a server that Rowan needs.
     *
     * @param largestPacket the server's {@code max_allowed_packet}, in bytes
     * @param observed what an observer is told of it
     */
    public record Server(SQLDialect dialect, long largestPacket, ObservedServer observed) {}

    private final Connection connection;
    private long largestPacket;
    private String schema = "";
    private final List<String> differences = new ArrayList<>();

    private ServerProbe(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns the properties of the server.
     *
     * @throws IllegalStateException if settings are wrong; the message lists each one and its fix
     */
    public static Server with(ConnectionSource connections) {
        return probe(connections, probe -> {
            probe.checkSettings();
            if (!probe.differences.isEmpty()) {
                throw new IllegalStateException(
                        "The connections lack settings that Rowan relies on. Unless noted, names and values are"
                                + " properties of the driver's URL.\n- " + String.join("\n- ", probe.differences));
            }
            return probe.server();
        });
    }

    private Server server() throws SQLException {
        var isMariaDb = isMariaDb();
        var driver = Objects.requireNonNull(ConnectorJ.behind(connection), "Connector/J");
        return new Server(
                isMariaDb ? SQLDialect.MARIADB : SQLDialect.MYSQL,
                largestPacket,
                new ObservedServer(isMariaDb ? "mariadb" : "mysql", driver.host(), driver.port(), schema));
    }

    /** Returns every wrong setting of the connections and the server, each with its fix. */
    public static List<String> differences(ConnectionSource connections) {
        return probe(connections, probe -> {
            probe.checkSettings();
            probe.checkServer();
            return probe.differences;
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ServerProbe probe) throws SQLException;
    }

    private static <T> T probe(ConnectionSource connections, Reading<T> reading) {
        var connection = connections.borrow();
        try {
            return reading.of(new ServerProbe(connection));
        } catch (SQLException e) {
            throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
        } finally {
            connections.giveBack(connection);
        }
    }

    private void checkSettings() throws SQLException {
        require(
                connection.getAutoCommit(),
                SessionSetting.AUTOCOMMIT.problem(),
                "Set autoCommit=true in the pool, and create the Database outside any transaction.");
        var driver = ConnectorJ.behind(connection);
        if (driver == null) {
            require(false, "The connections are not Connector/J's, or do not unwrap to them.", "Use Connector/J.");
        } else {
            checkDriver(driver);
            checkSession();
        }
    }

    private void checkServer() throws SQLException {
        var version = version();
        require(
                !isTooOld(version),
                "The server is " + version + ", which does not support all statements of Rowan.",
                "Use MySQL 8.0.19 or later, or MariaDB 11.4.2 or later.");
        var driver = ConnectorJ.behind(connection);
        require(
                driver == null || !driver.leavesTlsToServer() || MysqlUrl.isLoopback(driver.host()),
                "Whoever is between this machine and the server can read the connections, and their password.",
                "Set sslMode=VERIFY_IDENTITY; or, in a network that you trust, sslMode=REQUIRED or sslMode=DISABLED.");
        require(
                connection.getTransactionIsolation() >= Connection.TRANSACTION_REPEATABLE_READ,
                "The isolation level is too low for Database.read to read one snapshot.",
                "Set sessionVariables=transaction_isolation='REPEATABLE-READ', or the server's transaction_isolation.");
    }

    /** Returns the version without what MariaDB before 11 says for old clients, that it is MySQL 5.5.5. */
    private String version() throws SQLException {
        return withoutMysql55(connection.getMetaData().getDatabaseProductVersion());
    }

    private static String withoutMysql55(String version) {
        return version.replaceFirst("^5\\.5\\.5-", "");
    }

    private boolean isMariaDb() throws SQLException {
        return version().contains("MariaDB");
    }

    /** Returns whether a server of this version does not support the SQL of Rowan. */
    static boolean isTooOld(String version) {
        var numbers = VERSION.matcher(withoutMysql55(version));
        if (!numbers.find()) {
            return false;
        }
        var number = Integer.parseInt(numbers.group(1)) * 10_000
                + Integer.parseInt(numbers.group(2)) * 100
                + Integer.parseInt(numbers.group(3));
        return number < (version.contains("MariaDB") ? OLDEST_MARIADB : OLDEST_MYSQL);
    }

    private void checkDriver(ConnectorJ driver) throws SQLException {
        require(
                !driver.isOn("useAffectedRows"),
                "Under useAffectedRows an update that changes nothing looks like a missing row.",
                "Set useAffectedRows=false.");
        require(
                !driver.isOn("useLocalTransactionState"),
                "Under useLocalTransactionState the driver may skip a COMMIT.",
                "Set useLocalTransactionState=false.");
        require(
                !driver.isOn("autoReconnect"),
                "Under autoReconnect a transaction may continue without its first statements.",
                "Set autoReconnect=false.");
        require(
                driver.isOn("sendFractionalSeconds"),
                "Without sendFractionalSeconds fractions of seconds are lost.",
                "Set sendFractionalSeconds=true.");
        require(
                driver.sendsFractions(),
                "The server at " + driver.host() + " is " + version()
                        + ". Its greeting says that it is MySQL 5.5, to which"
                        + " the driver sends no fractions of seconds.",
                "Use MariaDB 11.4.2 or later instead of MariaDB 10, or MySQL 8.0.19 or later.");
        require(
                driver.timeZone().hasSameRules(TimeZone.getTimeZone(ZoneOffset.UTC)),
                "The driver converts times to and from " + driver.timeZone().getID() + ".",
                IN_UTC);
    }

    private void checkSession() throws SQLException {
        var isMariaDb = isMariaDb();
        var settings = Arrays.stream(SessionSetting.values())
                .filter(setting -> setting.isOn(isMariaDb))
                .toList();
        var query = settings.stream()
                .map(setting -> "@@session." + setting.variable())
                .collect(Collectors.joining(", ", "select ", ", " + OTHER_SETTINGS));
        try (var statement = connection.prepareStatement(query);
                var row = statement.executeQuery()) {
            row.next();
            for (int i = 0; i < settings.size(); i++) {
                var setting = settings.get(i);
                require(setting.accepts(row.getString(i + 1)), setting.problem(), setting.hint());
            }
            checkModes(row.getString(settings.indexOf(SessionSetting.SQL_MODE) + 1));
            largestPacket = row.getLong("max_allowed_packet");
            schema = row.getString("own_schema");
            require(row.getBoolean("is_utc"), "The session's time zone is not UTC.", IN_UTC);
            require(
                    isUtf8(row.getString("of_client"))
                            && isUtf8(row.getString("of_connection"))
                            && isUtf8(row.getString("of_results")),
                    "The session's character set is not utf8mb4, the only one that has every character.",
                    "Set characterEncoding=UTF-8.");
            require(
                    GeneratedKeys.isIn(statement),
                    "The statements do not unwrap to Connector/J's, which return the generated keys.",
                    "Use a pool whose statements support unwrap.");
        }
    }

    private void checkModes(String modes) {
        for (var mode : modes.split(",", -1)) {
            require(
                    !MODES_OF_OTHER_MEANING.contains(mode),
                    "Under the sql_mode " + mode + " statements or values have another meaning.",
                    "Remove it from the sessionVariables, or from the server's sql_mode.");
        }
    }

    /** The character set of results may be null: the driver then uses that of each column. */
    private static boolean isUtf8(@Nullable String characterSet) {
        return characterSet == null || characterSet.equals("utf8mb4");
    }

    private void require(boolean holds, String what, String hint) {
        if (!holds) {
            differences.add(what + " " + hint);
        }
    }
}
