package dev.rowan.internal.statement;

import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.driver.ConnectorJ;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.failure.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/** The first look at a database: which engine it is, and whether connections have the settings that Rowan relies on. */
public final class ServerProbe {

    private static final String SETTINGS = "select @@session.sql_mode, @@session.group_concat_max_len,"
            + " unix_timestamp('2024-01-01') = 1704067200 and unix_timestamp('2024-07-01') = 1719792000,"
            + " @@session.character_set_client, @@session.character_set_connection, @@session.character_set_results,"
            + " @@session.lc_messages, @@session.max_allowed_packet";

    /** Modes under which the same text means something else, or the same value comes back as another. */
    private static final Set<String> OTHER_MEANING = Set.of(
            "NO_BACKSLASH_ESCAPES",
            "ANSI_QUOTES",
            "PIPES_AS_CONCAT",
            "HIGH_NOT_PRECEDENCE",
            "NO_AUTO_VALUE_ON_ZERO",
            "PAD_CHAR_TO_FULL_LENGTH",
            "EMPTY_STRING_IS_NULL");

    /** The first that has SKIP LOCKED; numbered as the servers number themselves. */
    private static final int OLDEST_MARIADB = 10_06_00;

    /** The first that has VALUES with an alias. */
    private static final int OLDEST_MYSQL = 8_00_19;

    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final String IN_UTC = "Set connectionTimeZone=UTC and forceConnectionTimeZoneToSession=true.";

    /**
     * What is known of the server from the first look.
     *
     * @param largestPacket the most bytes that it takes in one packet
     */
    record Server(SQLDialect dialect, long largestPacket) {}

    private final Connection connection;
    private long largestPacket;
    private final List<String> wrong = new ArrayList<>();

    private ServerProbe(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns what is to be known of the server.
     *
     * @throws IllegalStateException that lists every setting that is wrong, with its mend
     */
    public static Server with(ConnectionSource connections) {
        return look(connections, handshake -> {
            handshake.checkSettings();
            if (!handshake.wrong.isEmpty()) {
                throw new IllegalStateException(
                        "The connections do not have the settings that Rowan relies on. Names and values are those of the"
                                + " driver's URL, unless said.\n- " + String.join("\n- ", handshake.wrong));
            }
            var isMariaDb = handshake.version().contains("MariaDB");
            return new Server(isMariaDb ? SQLDialect.MARIADB : SQLDialect.MYSQL, handshake.largestPacket);
        });
    }

    /** Returns every setting that is wrong, and what of the server is, each with its mend. */
    public static List<String> differences(ConnectionSource connections) {
        return look(connections, handshake -> {
            handshake.checkSettings();
            handshake.checkServer();
            return handshake.wrong;
        });
    }

    /** What is done with one. */
    @FunctionalInterface
    private interface Look<T> {
        T at(ServerProbe handshake) throws SQLException;
    }

    private static <T> T look(ConnectionSource connections, Look<T> look) {
        var connection = connections.borrow();
        try {
            return look.at(new ServerProbe(connection));
        } catch (SQLException e) {
            throw SqlExceptionTranslator.typed(e, StatementKind.RUN, null);
        } finally {
            connections.giveBack(connection);
        }
    }

    private void checkSettings() throws SQLException {
        require(
                connection.getAutoCommit(),
                "Autocommit is off, which here means that a transaction is open.",
                "Set autoCommit=true in the pool, and make the Database outside of any transaction.");
        var driver = ConnectorJ.behind(connection);
        if (driver == null) {
            require(false, "They are not connections of Connector/J, or do not unwrap to them.", "Use Connector/J.");
        } else {
            checkDriver(driver);
            checkSession();
        }
    }

    private void checkServer() throws SQLException {
        var version = version();
        require(
                !isTooOld(version),
                "The server is " + version + ", which does not know all statements of Rowan's.",
                "Use MySQL 8.0.19 or later, or MariaDB 10.6 or later.");
        require(
                connection.getTransactionIsolation() >= Connection.TRANSACTION_REPEATABLE_READ,
                "The isolation is so low that Database.read does not see one moment.",
                "Set sessionVariables=transaction_isolation='REPEATABLE-READ', or the server's transaction_isolation.");
    }

    private String version() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    /** Says whether a server lacks what Rowan writes. */
    static boolean isTooOld(String version) {
        // MariaDB before 11 says that it is MySQL 5.5.5
        var numbers = VERSION.matcher(version.replaceFirst("^5\\.5\\.5-", ""));
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
                "Under useLocalTransactionState the driver may leave out a COMMIT.",
                "Set useLocalTransactionState=false.");
        require(
                !driver.isOn("autoReconnect"),
                "Under autoReconnect a transaction may go on without its beginning.",
                "Set autoReconnect=false.");
        require(
                driver.isOn("sendFractionalSeconds"),
                "Without sendFractionalSeconds parts of seconds are lost.",
                "Set sendFractionalSeconds=true.");
        require(
                driver.timeZone().hasSameRules(TimeZone.getTimeZone(ZoneOffset.UTC)),
                "The driver shifts times to and from " + driver.timeZone().getID() + ".",
                IN_UTC);
    }

    private void checkSession() throws SQLException {
        try (var statement = connection.prepareStatement(SETTINGS);
                var row = statement.executeQuery()) {
            row.next();
            largestPacket = row.getLong(8);
            checkModes(Set.of(row.getString(1).split(",")));
            require(
                    row.getDouble(2) >= 4294967295d,
                    "The group_concat_max_len is so short that a MULTISET may be cut.",
                    "Set sessionVariables=group_concat_max_len=4294967295.");
            require(row.getBoolean(3), "The session's time zone is not UTC.", IN_UTC);
            require(
                    isUtf8(row.getString(4)) && isUtf8(row.getString(5)) && isUtf8(row.getString(6)),
                    "The session's character set is not utf8mb4, which alone holds every character.",
                    "Set characterEncoding=UTF-8.");
            require(
                    row.getString(7).startsWith("en_"),
                    "The server's errors are not in English, which names of keys and columns are read from.",
                    "Set sessionVariables=lc_messages='en_US'.");
            require(
                    GeneratedKeys.isIn(statement),
                    "The statements do not unwrap to Connector/J's, which know the keys that the server made.",
                    "Use a pool whose statements honour unwrap.");
        }
    }

    private void checkModes(Set<String> modes) {
        require(
                modes.contains("STRICT_TRANS_TABLES") || modes.contains("STRICT_ALL_TABLES"),
                "The sql_mode is not strict: a value that does not fit would be changed in silence.",
                "Set sessionVariables=sql_mode='STRICT_TRANS_TABLES', or the server's sql_mode.");
        for (var mode : modes) {
            require(
                    !OTHER_MEANING.contains(mode),
                    "Under the sql_mode " + mode + " statements or values have another meaning.",
                    "Leave it out of the sessionVariables, or of the server's sql_mode.");
        }
    }

    /** Null is the results' own: the driver then knows each column's. */
    private static boolean isUtf8(@Nullable String characterSet) {
        return characterSet == null || characterSet.equals("utf8mb4");
    }

    private void require(boolean holds, String what, String hint) {
        if (!holds) {
            wrong.add(what + " " + hint);
        }
    }
}
