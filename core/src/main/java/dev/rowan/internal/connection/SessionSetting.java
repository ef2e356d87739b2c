package dev.rowan.internal.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The settings of a session that change what statements mean, or which rows they return. A server may have any value as
 * its default: Rowan's own connections set each one, and those of a user's pool are checked.
 *
 * <p>This class exists twice, in core and in db, which share no code; a test holds them equal.
 */
public enum SessionSetting {
    SQL_MODE(
            "'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,"
                    + "ONLY_FULL_GROUP_BY'",
            modes -> modes.contains("STRICT_"),
            "The sql_mode is not strict: a value that the column cannot store would be changed silently."),
    /** Set only: it is checked by the connection's own word, behind which a test may keep a transaction. */
    AUTOCOMMIT("1", value -> true, "Autocommit is off, which means that a transaction is open."),
    COMPLETION_TYPE("'NO_CHAIN'", "A COMMIT would begin another transaction, in which the next write would be lost."),
    SQL_SELECT_LIMIT("18446744073709551615", "A query would return only the first rows."),
    SQL_BIG_SELECTS("1", "A query that may examine many rows would be refused."),
    SQL_SAFE_UPDATES("0", "An update or a delete without a key would be refused."),
    SQL_AUTO_IS_NULL("0", "A condition that a key is null would find the row that was inserted last."),
    FOREIGN_KEY_CHECKS("1", "A row that violates a foreign key would be accepted."),
    UNIQUE_CHECKS("1", "A row that violates a unique key might be accepted."),
    /**
     * Set only, to what MySQL does: MariaDB 11.8 otherwise rolls back a transaction that locks or writes a row which
     * another one has changed since its snapshot.
     */
    INNODB_SNAPSHOT_ISOLATION("0", value -> true, "A write of a row that another transaction changed would fail."),
    /** On MySQL, check constraints are always checked. */
    CHECK_CONSTRAINT_CHECKS("1", "A row that violates a check constraint would be accepted."),
    /** MariaDB before 11.4 accepts no more than 1 GiB, and no packet is larger. */
    GROUP_CONCAT_MAX_LEN(
            "4294967295",
            bytes -> Double.parseDouble(bytes) >= 1 << 30,
            "The group_concat_max_len is so small that a MULTISET may be truncated."),
    LC_MESSAGES(
            "'en_US'",
            locale -> locale.startsWith("en_"),
            "The server's messages are not in English: names of keys and columns are read from them.");

    private final String value;

    @SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
    private final Predicate<String> right;

    private final String problem;

    SessionSetting(String value, String problem) {
        this(value, found -> found.equals(value.replace("'", "")), problem);
    }

    SessionSetting(String value, Predicate<String> right, String problem) {
        this.value = value;
        this.right = right;
        this.problem = problem;
    }

    /**
     * Returns the assignments of all settings, for either engine, which skips the other one's comments: as the end of a
     * SET, or as the driver's property {@code sessionVariables}. As the property they take effect before the driver
     * asks for the sql_mode, by which it reads and writes SQL.
     */
    public static String assignments() {
        return Arrays.stream(values())
                .map(setting ->
                        setting.isOn(false) ? ", " + setting.assignment() : "/*M! , " + setting.assignment() + " */")
                .collect(Collectors.joining(" "))
                .substring(", ".length());
    }

    /** Returns whether an engine has the setting. */
    public boolean isOn(boolean mariaDb) {
        return mariaDb || (this != CHECK_CONSTRAINT_CHECKS && this != INNODB_SNAPSHOT_ISOLATION);
    }

    /** Returns the name of the server's variable. */
    public String variable() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether Rowan can rely on a value that the server returned. */
    public boolean accepts(String found) {
        return right.test(found);
    }

    /** Returns what is wrong with a value that is not accepted. */
    public String problem() {
        return problem;
    }

    /** Returns how to fix a value that is not accepted. */
    public String hint() {
        return "Set sessionVariables=" + assignment() + ".";
    }

    /** Returns the assignment of a value that the server returned. */
    public String assignment(String found) {
        return variable() + "=" + (value.startsWith("'") ? "'" + found + "'" : found);
    }

    /** Returns the assignment of the value on which Rowan relies. */
    public String assignment() {
        return variable() + "=" + value;
    }
}
