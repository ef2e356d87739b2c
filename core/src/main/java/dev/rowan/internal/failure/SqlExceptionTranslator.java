package dev.rowan.internal.failure;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.StaleRecord;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import dev.rowan.internal.util.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.function.Function;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Translates an SQLException of a statement into a type of {@link dev.rowan.error}. It decides by the error code
 * ({@link MysqlError}), because the classes and SQLStates of an error differ between MySQL and MariaDB.
 *
 * <p>The server's message often quotes values of the statement. Names are read from it; the message itself is dropped,
 * except where it is known to contain no values.
 */
public final class SqlExceptionTranslator {

    /** The class of the SQLStates that a trigger or routine raises with SIGNAL. */
    private static final String SIGNAL_CLASS = "45";

    /** The class of the SQLStates of a lost connection. */
    private static final String CONNECTION_CLASS = "08";

    /** What HikariCP says, without an SQLState, of a connection that it has evicted after the first such failure. */
    private static final String CLOSED_BY_POOL = "Connection is closed";

    private final SQLException failure;
    private final StatementSubject subject;
    private final SchemaNames names;
    private final ServerMessage text;
    private final SQLException cause;

    private SqlExceptionTranslator(SQLException failure, StatementSubject subject) {
        this.failure = failure;
        this.subject = subject;
        this.names = new SchemaNames(subject.tables());
        this.text = new ServerMessage(String.valueOf(failure.getMessage()));
        this.cause = withoutText(failure);
    }

    /** Returns the typed error of a failed statement. */
    public static DatabaseException typed(SQLException e, StatementKind kind, @Nullable Table<?> table) {
        return typed(e, StatementSubject.of(kind, table));
    }

    /** Returns the typed error of a failed statement. */
    public static DatabaseException typed(SQLException e, StatementSubject subject) {
        return new SqlExceptionTranslator(e, subject).typed();
    }

    /**
     * Returns an unchecked exception of the driver, such as it throws when it uses a lost connection, as one that can
     * be typed, and that jOOQ expects: jOOQ lets the failure of a statement pass, whatever fails while it closes the
     * statement.
     */
    public static SQLException checked(RuntimeException failure, Connection connection) {
        var state = isClosed(connection) ? "08S01" : null;
        var checked =
                new SQLException("The driver failed with " + failure.getClass().getName() + ".", state);
        checked.setStackTrace(failure.getStackTrace());
        return checked;
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private DatabaseException typed() {
        var error = MysqlError.of(failure.getErrorCode());
        if (isSignal(error)) {
            return signal();
        }
        return error == null ? withoutKnownCode() : withCode(error);
    }

    /**
     * Returns whether a trigger or routine raised the error: its SQLState says so, or it has the code of another error
     * and a message that is not the server's.
     */
    private boolean isSignal(@Nullable MysqlError error) {
        if (state().startsWith(SIGNAL_CLASS)) {
            return true;
        }
        if (error == null) {
            return false;
        }
        return switch (error) {
            case SIGNAL -> true;
            case DUPLICATE_ENTRY, DUPLICATE_ENTRY_BY_CASCADE -> text.uniqueKey().isEmpty();
            case CHECK_VIOLATED -> text.check().isEmpty();
            case COLUMN_CANNOT_BE_NULL, NO_DEFAULT_FOR_COLUMN -> text.column().isEmpty();
            default -> !text.isOf(error);
        };
    }

    private DatabaseException withCode(MysqlError error) {
        return switch (error) {
            case SIGNAL -> signal();
            case DUPLICATE_ENTRY, DUPLICATE_ENTRY_BY_CASCADE -> uniqueViolation();
            case ROW_IS_REFERENCED -> stillReferenced(names.referencingKey(text));
            case NO_REFERENCED_ROW ->
                foreignKeyViolation(names.foreignKey(text), "the referenced row does not exist", "Insert it first.");
            case CHECK_VIOLATED -> checkViolation();
            case VIEW_CHECK_FAILED ->
                new CheckViolation(
                        where("the row does not satisfy the view's CHECK OPTION. See the view's condition in the"
                                + " changelog."),
                        text.view(),
                        names.target(),
                        cause);
            case COLUMN_CANNOT_BE_NULL -> notNullViolation("is NOT NULL, and was set to null. Set it to a value.");
            case NO_DEFAULT_FOR_COLUMN -> notNullViolation("is NOT NULL and has no default, and was not set. Set it.");
            case DATA_TOO_LONG -> tooLong();
            case OUT_OF_RANGE -> outOfRange();
            case CANNOT_CONVERT_STRING, IMPOSSIBLE_STRING_CONVERSION -> unknownCharacters();
            case INCORRECT_VALUE_FOR_COLUMN -> text.isAboutCharacters() ? incorrectCharacters() : incorrectValue();
            case INCORRECT_VALUE, DATA_TRUNCATED, INVALID_GEOMETRY -> incorrectValue();
            case INVALID_JSON -> invalidValue("is not JSON", "Check it.");
            case INVALID_JSON_ARGUMENT -> invalidValue("is passed to a function as JSON, and is not JSON", "Check it.");
            case INCORRECT_ARGUMENT, INVALID_GEOMETRY_ARGUMENT ->
                invalidValue("is not a valid argument of a function of the statement", "Check it.");
            case INVALID_VECTOR -> invalidValue("is not a vector", "Give it one number or more, each of them finite.");
            case DATETIME_OVERFLOW -> invalidValue("makes a date go out of range", "Check it.");
            case EXPRESSION_OUT_OF_RANGE ->
                invalidValue("makes an expression go out of range", "Check it, or cast it to a wider type.");
            case DIVISION_BY_ZERO -> invalidValue("makes the statement divide by zero", "Check it.");
            case PACKET_TOO_LARGE -> tooLargeForPacket();
            case DEADLOCK ->
                transientFailure(
                        Kind.DEADLOCK,
                        "the server rolled back the transaction to resolve a deadlock. Run the transaction again.");
            case RECORD_CHANGED, ROLLED_BACK_DURING_COMMIT ->
                transientFailure(
                        Kind.DEADLOCK,
                        "the server rolled back the transaction because another one changed the same rows."
                                + " Run the transaction again.");
            case LOCK_WAIT_TIMEOUT, LOCK_NOT_AVAILABLE ->
                transientFailure(
                        Kind.LOCK_TIMEOUT,
                        "lock wait timeout, another transaction holds the lock. Roll back, then run the transaction"
                                + " again.");
            case LOCK_TABLE_FULL ->
                transientFailure(
                        Kind.LOCK_TIMEOUT,
                        "the server has no memory for more row locks. Lock fewer rows in a transaction, or raise"
                                + " innodb_buffer_pool_size.");
            case SERVER_READ_ONLY -> readOnlyServer();
            case FORBIDDEN_BY_OPTION ->
                text.isAboutReadOnly() ? readOnlyServer() : serverSentence("Ask the administrator of the server.");
            case TRANSACTION_READ_ONLY ->
                otherFailure("this transaction is read-only. Write, and lock rows, in database.transaction(…).");
            case TOO_MANY_CONNECTIONS, TOO_MANY_USER_CONNECTIONS -> tooManyConnections();
            case USER_LIMIT_REACHED ->
                text.isAboutConnections() ? tooManyConnections() : serverSentence("Wait, or raise the user's limits.");
            case QUERY_INTERRUPTED -> transientFailure(Kind.INTERRUPTED, "the statement was killed. Try again.");
            case CONNECTION_KILLED -> connectionLost();
            case STATEMENT_TIMEOUT -> statementTimeout();
            case SYNTAX_ERROR ->
                otherFailure("the server cannot parse the SQL" + text.nearWord()
                        + ". Fix it: the log dev.rowan.sql shows the SQL at DEBUG.");
            case DATABASE_ACCESS_DENIED,
                    LOGIN_DENIED,
                    TABLE_ACCESS_DENIED,
                    COLUMN_ACCESS_DENIED,
                    PRIVILEGE_MISSING,
                    ROUTINE_ACCESS_DENIED -> serverSentence("Grant the privilege to the user.");
            case UNKNOWN_DATABASE, UNKNOWN_COLUMN, UNKNOWN_TABLE, UNKNOWN_ROUTINE ->
                serverSentence("Fix the name, or apply the changelog to this database.");
            case COLUMN_BESIDE_AGGREGATE ->
                otherFailure(
                        "it selects a column beside an aggregate function, such as count(), without GROUP BY. Group"
                                + " the rows: dsl().select(column, count()).from(table).groupBy(column).");
            case DISTINCT_NOT_ORDERED_BY_SELECTED ->
                otherFailure("its rows are distinct, but are ordered by what it does not select. Select that too, or"
                        + " order by selected columns only.");
            case AMBIGUOUS_COLUMN,
                    COLUMN_NOT_IN_GROUP_BY,
                    TABLE_READ_AND_WRITTEN,
                    WRONG_VALUE_COUNT,
                    UNKNOWN_INDEX,
                    UNION_OF_DIFFERENT_WIDTHS,
                    WRONG_OPERAND_COLUMNS,
                    SUBQUERY_OF_SEVERAL_ROWS,
                    COLLATIONS_OF_TWO_MIXED,
                    COLLATIONS_OF_THREE_MIXED,
                    TABLE_NOT_UPDATABLE,
                    TABLE_NOT_INSERTABLE,
                    TRANSACTION_IN_PROGRESS,
                    GENERATED_COLUMN_WRITTEN,
                    RECURSION_TOO_DEEP -> serverSentence("Fix the statement.");
        };
    }

    /** Translates an error of the driver, or one with a code that is not in {@link MysqlError}. */
    private DatabaseException withoutKnownCode() {
        if (failure instanceof SQLTimeoutException) {
            return statementTimeout();
        }
        if (isConnectionLost(failure)) {
            return connectionLost();
        }
        if (failure.getErrorCode() != 0) {
            return otherFailure("the server rejected it with code " + failure.getErrorCode() + ", state " + state()
                    + ". Look the code up in the server's manual.");
        }
        if (text.isAboutPacketSize()) {
            return tooLargeForPacket();
        }
        if (text.isAboutReadOnly()) {
            return otherFailure("its connection is read-only. Write on a connection that is not: with Spring, outside"
                    + " @Transactional(readOnly = true).");
        }
        if (text.isAboutReturning()) {
            return otherFailure("the driver cannot read rows from a write, such as INSERT … RETURNING on MariaDB."
                    + " Write with a repository, or read the rows afterwards.");
        }
        if (isAboutVector(failure)) {
            return otherFailure("the driver cannot read a VECTOR from a prepared statement. Read the row with a"
                    + " repository, or select cast(column as binary).");
        }
        if (text.isAboutOpenStream()) {
            return otherFailure(
                    "its connection is still sending the rows of a stream. Run it after the stream has ended,"
                            + " or read the rows with list() or scan(…) instead.");
        }
        return otherFailure("the driver rejected it, with state " + state()
                + ". The stack trace of the cause shows where; its text is withheld because it may quote values.");
    }

    /** Returns whether the driver cannot read a VECTOR from a prepared statement; jOOQ lets it throw unchecked. */
    private static boolean isAboutVector(@Nullable Throwable e) {
        return e != null
                && (String.valueOf(e.getMessage()).startsWith("Unknown type '242' ") || isAboutVector(e.getCause()));
    }

    /** Returns the error of one row of a batch: the message begins with the number of the row, counted from 1. */
    public static DatabaseException inRow(long row, DatabaseException e) {
        var message = "Row " + row + ": " + e.getMessage();
        return switch (e) {
            case UniqueViolation v -> new UniqueViolation(message, v.key(), v.getCause());
            case ForeignKeyViolation v -> new ForeignKeyViolation(message, v.key(), v.getCause());
            case CheckViolation v ->
                new CheckViolation(message, v.name(), v.table().orElse(null), v.getCause());
            case NotNullViolation v -> new NotNullViolation(message, v.field(), v.getCause());
            case InvalidValue v -> new InvalidValue(message, v.field().orElse(null), v.getCause());
            case RaisedSignal v -> new RaisedSignal(message, v.text(), v.getCause());
            case StaleRecord v -> new StaleRecord(message, v.table());
            case OtherFailure v -> new OtherFailure(message, v.getCause());
            default -> e; // an error of the connection or the server, not of the row
        };
    }

    /** Returns the kind of a failure for a log line: its class, and the kind of a transient failure. */
    public static String kind(Throwable failure) {
        var name = failure.getClass().getSimpleName();
        return failure instanceof TransientFailure transientFailure ? name + " " + transientFailure.kind() : name;
    }

    /** Returns whether the connection is lost, and its transaction with it. */
    static boolean isConnectionLost(SQLException e) {
        var state = e.getSQLState();
        return state == null ? CLOSED_BY_POOL.equals(e.getMessage()) : state.startsWith(CONNECTION_CLASS);
    }

    /**
     * Returns the exception with the same code, state and stack trace, but without its text, which may quote values.
     */
    static SQLException withoutText(SQLException e) {
        var bare = new SQLException("(text withheld: it may quote values)", e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private String state() {
        return String.valueOf(failure.getSQLState());
    }

    private DatabaseException uniqueViolation() {
        var key = names.uniqueKey(text.uniqueKey().orElseThrow());
        return new UniqueViolation(
                where("another row has the same " + SchemaNames.columnNames(key) + " (unique key "
                        + SchemaNames.keyName(key) + "). Choose another value, or update that row."),
                key,
                cause);
    }

    private DatabaseException stillReferenced(org.jooq.ForeignKey<?, ?> key) {
        var table = key.getTable().getName();
        return foreignKeyViolation(
                key,
                (table.isEmpty() ? "other rows" : "rows of " + table) + " still reference this row",
                "Delete or change them first.");
    }

    private DatabaseException foreignKeyViolation(org.jooq.ForeignKey<?, ?> key, String what, String hint) {
        var name = key.getName().isEmpty()
                ? "; the server shows its name only to users with access to both tables"
                : " " + key.getName();
        return new ForeignKeyViolation(where(what + " (foreign key" + name + "). " + hint), key, cause);
    }

    private DatabaseException checkViolation() {
        var name = text.check().orElseThrow();
        var table = names.tableOfCheck(text);
        // MariaDB stores JSON in a text column with a check that has the name of the column
        return names.jsonColumn(name, table)
                .<DatabaseException>map(column -> invalidValue(column, "is not JSON", "Check it."))
                .orElseGet(() -> new CheckViolation(
                        where("the row violates the check constraint " + name
                                + ". See its condition in the changelog."),
                        name,
                        table,
                        cause));
    }

    private DatabaseException notNullViolation(String what) {
        var field = names.field(text.column().orElse(""));
        return new NotNullViolation(where(field.getName() + " " + what), field, cause);
    }

    /** The server reports too many bits as too long. */
    private DatabaseException tooLong() {
        return declared(ColumnDeclaration::type).startsWith("bit")
                ? outOfRange()
                : invalidValue("is too long for its column", "Shorten it, or widen the column.");
    }

    private DatabaseException outOfRange() {
        return declared(ColumnDeclaration::type).equals("year")
                ? invalidValue("is out of the range of YEAR, 0 and 1901 to 2155", "Check it.")
                : invalidValue("is out of the range of its column", "Check it, or widen the column.");
    }

    private DatabaseException incorrectValue() {
        return declared(ColumnDeclaration::type).startsWith("timestamp")
                ? invalidValue(
                        "is not a valid TIMESTAMP, 1970-01-01 00:00:01 to 2038-01-19 03:14:07 UTC (2106-02-07 06:28:15"
                                + " on MariaDB 11.8)",
                        "Check it, or make the column a DATETIME.")
                : invalidValue("is not valid for its column", "Check it against the column's type.");
    }

    /** MariaDB cuts text that is too long for a TEXT, maybe within a character, and then reports that character. */
    private DatabaseException incorrectCharacters() {
        return declared(ColumnDeclaration::collation).startsWith("utf8mb4") ? tooLong() : unknownCharacters();
    }

    private DatabaseException unknownCharacters() {
        return invalidValue(
                "has characters that the character set of its column lacks",
                "Leave them out, or make the column utf8mb4.");
    }

    private DatabaseException tooLargeForPacket() {
        return invalidValue(
                "is too large for one packet, alone or with the other values of its statement",
                "Send less at once, or raise the server's max_allowed_packet.");
    }

    /** Returns a property of the column in the generated classes; empty if the column is not known. */
    private String declared(Function<ColumnDeclaration, String> property) {
        return text.column()
                .map(names::field)
                .flatMap(ColumnDeclaration::of)
                .map(property)
                .orElse("");
    }

    private InvalidValue invalidValue(String why, String hint) {
        return invalidValue(text.column().map(names::field).orElse(null), why, hint);
    }

    private InvalidValue invalidValue(org.jooq.@Nullable Field<?> field, String why, String hint) {
        var value = field == null ? "a value " : "a value for " + field.getName() + " ";
        return new InvalidValue(where(value + why + ". " + hint), field, cause);
    }

    private DatabaseException signal() {
        return new RaisedSignal(
                where("a trigger or routine of the schema rejected it with SIGNAL, code " + failure.getErrorCode()
                        + ", state " + state()
                        + ". text() returns its message, which is not shown here because it may quote values."),
                text.whole(),
                cause);
    }

    private DatabaseException readOnlyServer() {
        return transientFailure(
                Kind.READ_ONLY_SERVER, "the server is read-only. Try again on a server that accepts writes.");
    }

    private DatabaseException tooManyConnections() {
        return transientFailure(
                Kind.TOO_MANY_CONNECTIONS,
                "the connection limit of the server is reached. Try again, or use smaller pools.");
    }

    private DatabaseException connectionLost() {
        return transientFailure(Kind.CONNECTION_LOST, "the connection was lost. Run the whole transaction again.");
    }

    private DatabaseException statementTimeout() {
        var deadline = Deadline.current();
        return deadline.isOver()
                ? transactionTimeout(deadline, cause)
                : new StatementTimeout(
                        where("the statement took longer than allowed. Make it cheaper, or raise statementTimeout."),
                        cause);
    }

    /** Returns the error of a transaction that took longer than its timeout. */
    public static StatementTimeout transactionTimeout(Deadline deadline, @Nullable Throwable cause) {
        return new StatementTimeout(
                "The transaction took longer than its timeout of "
                        + deadline.timeout().orElseThrow()
                        + " and is rolled back. Make it do less, or raise TransactionOptions.withTimeout.",
                cause);
    }

    private DatabaseException transientFailure(Kind kind, String what) {
        return new TransientFailure(where(what), kind, cause);
    }

    /** Shows the server's message, which for this error has names and SQL, and no values. */
    private DatabaseException serverSentence(String hint) {
        return otherFailure(text.sentence() + " " + hint);
    }

    private DatabaseException otherFailure(String what) {
        return new OtherFailure(where(what), cause);
    }

    private String where(String what) {
        return subject.words() + ": " + what;
    }
}
