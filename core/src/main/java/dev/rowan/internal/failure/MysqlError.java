package dev.rowan.internal.failure;

import dev.rowan.error.DatabaseException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The errors of MySQL and MariaDB that Rowan distinguishes, by their codes: the classes and SQLStates of an error
 * differ between the engines. If the codes differ too, a constant has both. {@link SqlExceptionTranslator} translates
 * them.
 */
public enum MysqlError {
    // constraints
    DUPLICATE_ENTRY(1062),
    /** A cascade of a foreign key violates a unique key of the referencing table. */
    DUPLICATE_ENTRY_BY_CASCADE(1761),
    ROW_IS_REFERENCED(1451, "Cannot delete or update a parent row"),
    NO_REFERENCED_ROW(1452, "Cannot add or update a child row"),
    CHECK_VIOLATED(3819, 4025),
    VIEW_CHECK_FAILED(1369),
    COLUMN_CANNOT_BE_NULL(1048),
    NO_DEFAULT_FOR_COLUMN(1364),
    /** SIGNAL in a trigger or a routine, without a code of its own. */
    SIGNAL(1644),

    // values
    DATA_TOO_LONG(1406),
    OUT_OF_RANGE(1264),
    /** A text has characters that another character set lacks; MySQL only. */
    CANNOT_CONVERT_STRING(3854),
    /** As {@link #CANNOT_CONVERT_STRING}, for a comparison; MySQL only. */
    IMPOSSIBLE_STRING_CONVERSION(3988),
    /** A value of the wrong type, or with characters that the column lacks: the message says which. */
    INCORRECT_VALUE_FOR_COLUMN(1366),
    INCORRECT_VALUE(1292),
    DATA_TRUNCATED(1265),
    INVALID_GEOMETRY(1416),
    /** MySQL only: MariaDB has a check constraint instead. */
    INVALID_JSON(3140),
    INVALID_JSON_ARGUMENT(3141, 4038),
    INCORRECT_ARGUMENT(1411),
    /** MySQL only. */
    INVALID_GEOMETRY_ARGUMENT(3037),
    /** MySQL only. */
    INVALID_VECTOR(6136),
    DATETIME_OVERFLOW(1441),
    EXPRESSION_OUT_OF_RANGE(1690),
    DIVISION_BY_ZERO(1365),
    PACKET_TOO_LARGE(1153),

    // conflicts and limits, most of them transient
    DEADLOCK(1213),
    RECORD_CHANGED(1020),
    /** A commit that conflicts with one of another member of the replication group; MySQL only. */
    ROLLED_BACK_DURING_COMMIT(3101),
    LOCK_WAIT_TIMEOUT(1205),
    /** NOWAIT found a lock; MySQL only: MariaDB reports {@link #LOCK_WAIT_TIMEOUT}. */
    LOCK_NOT_AVAILABLE(3572),
    LOCK_TABLE_FULL(1206),
    SERVER_READ_ONLY(1836),
    /** An option of the server forbids the statement: the message says which one. */
    FORBIDDEN_BY_OPTION(1290, "The (?:MySQL|MariaDB) server is running with "),
    TRANSACTION_READ_ONLY(1792),
    TOO_MANY_CONNECTIONS(1040),
    TOO_MANY_USER_CONNECTIONS(1203),
    /** A limit of the user is reached: the message says which one. */
    USER_LIMIT_REACHED(1226, "User '.*' has exceeded the "),
    QUERY_INTERRUPTED(1317),
    /** MariaDB only: MySQL closes the connection without a response. */
    CONNECTION_KILLED(1927),
    STATEMENT_TIMEOUT(3024, 1969),

    // privileges
    DATABASE_ACCESS_DENIED(1044, "Access denied for user "),
    LOGIN_DENIED(1045, "Access denied for user "),
    TABLE_ACCESS_DENIED(1142, "[A-Z ,]+ command denied to user "),
    COLUMN_ACCESS_DENIED(1143, "[A-Z ,]+ command denied to user "),
    PRIVILEGE_MISSING(1227, "Access denied; you need "),
    ROUTINE_ACCESS_DENIED(1370, "[A-Za-z ,]+ command denied to user "),

    // names
    UNKNOWN_DATABASE(1049, "Unknown database "),
    UNKNOWN_COLUMN(1054, "Unknown column "),
    UNKNOWN_TABLE(1146, "Table '.*' doesn't exist"),
    UNKNOWN_ROUTINE(1305, "[A-Z ]+ .* does not exist"),

    // statements
    SYNTAX_ERROR(1064),
    AMBIGUOUS_COLUMN(1052, "Column '.*' in .* is ambiguous"),
    COLUMN_NOT_IN_GROUP_BY(1055, "Expression #|'.*' isn't in GROUP BY"),
    /** A column beside an aggregate function, without GROUP BY. */
    COLUMN_BESIDE_AGGREGATE(1140, "In aggregated query |Mixing of GROUP columns "),
    /** MySQL only: MariaDB sorts by any of the values. */
    DISTINCT_NOT_ORDERED_BY_SELECTED(3065, "Expression #"),
    TABLE_READ_AND_WRITTEN(1093, "You can't specify target table |Table '.*' is specified twice"),
    WRONG_VALUE_COUNT(1136, "Column count doesn't match "),
    UNKNOWN_INDEX(1176, "Key '.*' doesn't exist in table "),
    UNION_OF_DIFFERENT_WIDTHS(1222, "The used SELECT statements "),
    WRONG_OPERAND_COLUMNS(1241, "Operand should contain "),
    SUBQUERY_OF_SEVERAL_ROWS(1242, "Subquery returns more than 1 row"),
    COLLATIONS_OF_TWO_MIXED(1267, "Illegal mix of collations "),
    COLLATIONS_OF_THREE_MIXED(1270, "Illegal mix of collations "),
    TABLE_NOT_UPDATABLE(1288, "The target table "),
    TABLE_NOT_INSERTABLE(1471, "The target table "),
    TRANSACTION_IN_PROGRESS(1568, "Transaction characteristics can't be changed "),
    GENERATED_COLUMN_WRITTEN(3105, 1906, "The value specified for generated column "),
    /** MySQL only: MariaDB ends the recursion silently. */
    RECURSION_TOO_DEEP(3636, "Recursive query aborted ");

    private static final Map<Integer, MysqlError> BY_CODE = Arrays.stream(values())
            .<Map.Entry<Integer, MysqlError>>mapMulti(
                    (error, each) -> error.codes().forEach(code -> each.accept(Map.entry(code, error))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final int mysql;
    private final int mariaDb;
    private final Pattern text;

    MysqlError(int code) {
        this(code, code);
    }

    MysqlError(int mysql, int mariaDb) {
        this(mysql, mariaDb, "");
    }

    MysqlError(int code, String text) {
        this(code, code, text);
    }

    MysqlError(int mysql, int mariaDb, String text) {
        this.mysql = mysql;
        this.mariaDb = mariaDb;
        this.text = Pattern.compile(text, Pattern.DOTALL);
    }

    /** Returns the error with this code; null if Rowan does not distinguish it. */
    static @Nullable MysqlError of(int code) {
        return BY_CODE.get(code);
    }

    /** Returns the codes of MySQL and MariaDB, which are mostly the same. */
    Set<Integer> codes() {
        return mysql == mariaDb ? Set.of(mysql) : Set.of(mysql, mariaDb);
    }

    /**
     * Returns whether a message can be the server's own. A trigger may raise any code by SIGNAL, with a message that
     * quotes values. The beginning is checked for those errors whose message is shown, or has a name that is needed.
     */
    boolean isServers(String message) {
        return text.matcher(message).lookingAt();
    }

    /** Returns whether the server failed with this error. */
    public boolean is(SQLException e) {
        return is(e.getErrorCode());
    }

    /** Returns whether the server failed with this error. */
    public boolean is(DatabaseException e) {
        return is(e.code());
    }

    private boolean is(int code) {
        return code == mysql || code == mariaDb;
    }
}
