package dev.rowan.internal.failure;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.function.Function;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the driver throws into a type of {@link dev.rowan.error}, by the server's code: classes and states differ
 * between the engines for the same fault.
 *
 * <p>The server's own text often quotes the values of the statement. It is read for names, and then kept neither as a
 * message nor as a cause, except where it is known to hold none.
 */
public final class SqlExceptionTranslator {

    /** The class of the states that SIGNAL raises: what a trigger or routine refuses. */
    private static final String RAISED_BY_SIGNAL = "45";

    /** The class of the states of a connection that is lost. */
    private static final String CONNECTION_LOST = "08";

    private final StatementSubject subject;
    private final SchemaNames names;
    private final ServerMessage text;
    private final SQLException bare;

    private SqlExceptionTranslator(SQLException e, StatementSubject subject) {
        this.subject = subject;
        this.names = new SchemaNames(subject.tables());
        this.text = new ServerMessage(String.valueOf(e.getMessage()));
        this.bare = withoutText(e);
    }

    /** Returns the typed error of a failed statement. */
    public static DatabaseException typed(SQLException e, StatementKind verb, @Nullable Table<?> table) {
        return typed(e, StatementSubject.of(verb, table));
    }

    /** Returns the typed error of a failed statement. */
    public static DatabaseException typed(SQLException e, StatementSubject subject) {
        return new SqlExceptionTranslator(e, subject).typed(e);
    }

    private DatabaseException typed(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        var code = e.getErrorCode();
        if (state.startsWith(RAISED_BY_SIGNAL)) {
            return signal(code, state);
        }
        return switch (MysqlError.of(code)) {
            case null -> byClass(e, code, state);
            case SIGNAL -> signal(code, state);
            case DUPLICATE_ENTRY -> text.key().map(this::unique).orElseGet(() -> signal(code, state));
            case DUPLICATE_ENTRY_BY_CASCADE ->
                text.cascadedKey().map(this::unique).orElseGet(() -> signal(code, state));
            case ROW_IS_REFERENCED ->
                foreignKey(names.incoming(text), "other rows still refer to this one", "Delete or change those first.");
            case NO_REFERENCED_ROW ->
                foreignKey(names.outgoing(text), "the row refers to one that is not there", "Write that one first.");
            case CHECK_VIOLATED -> text.check().map(this::check).orElseGet(() -> signal(code, state));
            case VIEW_CHECK_FAILED ->
                new CheckViolation(
                        where("the row would not be one of the view, which has a CHECK OPTION."
                                + " See its condition in the changelog."),
                        text.view(),
                        names.target(),
                        bare);
            case COLUMN_CANNOT_BE_NULL -> notNull("may not be null. Set it to a value.");
            case NO_DEFAULT_FOR_COLUMN -> notNull("may not be null and has no default. Set it.");
            case DATA_TOO_LONG -> tooLong();
            case OUT_OF_RANGE -> outOfRange();
            case CANNOT_CONVERT_STRING, IMPOSSIBLE_STRING_CONVERSION -> foreignCharacters();
            case INCORRECT_VALUE_FOR_COLUMN -> text.isAboutCharacters() ? unfitCharacters() : misfit();
            case INCORRECT_VALUE, DATA_TRUNCATED, INVALID_GEOMETRY -> misfit();
            case INVALID_JSON -> invalid("is not JSON", "Check it.");
            case INVALID_JSON_ARGUMENT -> invalid("that a function takes for JSON is none", "Check it.");
            case INCORRECT_ARGUMENT, INVALID_GEOMETRY_ARGUMENT ->
                invalid("is none that a function of the statement takes", "Check it.");
            case DATETIME_OVERFLOW -> invalid("makes a date that is out of range", "Check it.");
            case EXPRESSION_OUT_OF_RANGE ->
                invalid("makes an expression go out of range", "Check it, or cast it to a wider type.");
            case DIVISION_BY_ZERO -> invalid("makes the statement divide by zero", "Check it.");
            case PACKET_TOO_LARGE -> tooBig();
            case DEADLOCK ->
                passing(
                        Kind.DEADLOCK,
                        "the server ended the transaction to resolve a deadlock. Run the transaction again.");
            case RECORD_CHANGED, ROLLED_BACK_DURING_COMMIT ->
                passing(
                        Kind.DEADLOCK,
                        "the server ended the transaction, as another one changed the same rows."
                                + " Run the transaction again.");
            case LOCK_WAIT_TIMEOUT, LOCK_NOT_AVAILABLE ->
                passing(
                        Kind.LOCK_TIMEOUT,
                        "a lock was not to be had in time. Roll back, then run the transaction again; if the lock"
                                + " is held by a transaction of this thread, bind the repository by in(session).");
            case SERVER_READ_ONLY -> readOnlyServer();
            case FORBIDDEN_BY_OPTION ->
                text.isAboutReadOnly() ? readOnlyServer() : said("Ask whoever runs the server.");
            case TRANSACTION_READ_ONLY ->
                new OtherFailure(
                        where("this transaction only reads. Write, and lock rows, in database.transaction(…)."), bare);
            case TOO_MANY_CONNECTIONS, TOO_MANY_USER_CONNECTIONS -> noConnectionLeft();
            case USER_LIMIT_REACHED ->
                text.isAboutConnections() ? noConnectionLeft() : said("Wait, or have the user's limits raised.");
            case QUERY_INTERRUPTED -> passing(Kind.INTERRUPTED, "somebody stopped the statement. Try again.");
            case CONNECTION_KILLED -> lost();
            case STATEMENT_TIMEOUT -> timeout();
            case SYNTAX_ERROR ->
                new OtherFailure(
                        where("the server cannot read the SQL" + text.nearWord()
                                + ". Mend it: the log dev.rowan.sql has the text, at DEBUG."),
                        bare);
            case DATABASE_ACCESS_DENIED,
                    LOGIN_DENIED,
                    TABLE_ACCESS_DENIED,
                    COLUMN_ACCESS_DENIED,
                    PRIVILEGE_MISSING,
                    ROUTINE_ACCESS_DENIED -> said("Have that granted to the user.");
            case UNKNOWN_DATABASE, UNKNOWN_COLUMN, UNKNOWN_TABLE, UNKNOWN_ROUTINE ->
                said("Mend the name, or apply the changelog to this database.");
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
                    RECURSION_TOO_DEEP -> said("Mend the statement.");
        };
    }

    /** What the server did not say by a code of its own. */
    private DatabaseException byClass(SQLException e, int code, String state) {
        if (e instanceof SQLTimeoutException) {
            return timeout();
        }
        if (isConnectionLost(e)) {
            return lost();
        }
        if (code != 0) {
            return new OtherFailure(
                    where("the server refuses it with code " + code + ", state " + state
                            + ". Look the code up in the server's manual."),
                    bare);
        }
        if (text.isOfPacket()) {
            return tooBig();
        }
        if (text.isAboutReadOnly()) {
            return new OtherFailure(
                    where("its connection was set to only read. Write on one that is not: with Spring, outside of"
                            + " @Transactional(readOnly = true)."),
                    bare);
        }
        if (text.isOfReturning()) {
            return new OtherFailure(
                    where("the driver reads no rows from a write, which INSERT … RETURNING on MariaDB answers with."
                            + " Write by a repository, or read the rows after."),
                    bare);
        }
        return new OtherFailure(
                where("the driver refuses it, with state " + state
                        + ". The cause says where; its text is withheld, as it may quote values."),
                bare);
    }

    /** Returns the error of one row of many, counted from 1, with that in front of what it says. */
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
            case OtherFailure v -> new OtherFailure(message, v.getCause());
            default -> e; // of the connection or the server, not of the row
        };
    }

    /** Returns what kind of failure this is, in a word or two. */
    public static String kind(Throwable failure) {
        var name = failure.getClass().getSimpleName();
        return failure instanceof TransientFailure passing ? name + " " + passing.kind() : name;
    }

    /** Says whether the connection itself is gone, and its transaction with it. */
    static boolean isConnectionLost(SQLException e) {
        var state = e.getSQLState();
        return state != null && state.startsWith(CONNECTION_LOST);
    }

    /** Returns the exception without its text, which may quote values: same code, state and stack. */
    static SQLException withoutText(SQLException e) {
        var bare = new SQLException("(text withheld, as it may quote values)", e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private DatabaseException unique(String said) {
        var key = names.uniqueKey(said);
        return new UniqueViolation(
                where("another row has the same " + SchemaNames.columns(key) + " (unique key "
                        + SchemaNames.constraint(key) + "). Choose another value, or update that row."),
                key,
                bare);
    }

    private DatabaseException foreignKey(org.jooq.ForeignKey<?, ?> key, String what, String hint) {
        var name = key.getName().isEmpty()
                ? ", which the server names only to users that may read both tables"
                : " " + key.getName();
        return new ForeignKeyViolation(where(what + " (foreign key" + name + "). " + hint), key, bare);
    }

    private DatabaseException check(String name) {
        var table = names.checked(text);
        // MariaDB keeps JSON in a text column with a check that bears the column's name
        return names.json(name, table)
                .<DatabaseException>map(column -> invalid(column, "is not JSON", "Check it."))
                .orElseGet(() -> new CheckViolation(
                        where("the row breaks the check " + name + ". See its condition in the changelog."),
                        name,
                        table,
                        bare));
    }

    private DatabaseException notNull(String what) {
        var field = names.field(text.column().orElse(""));
        return new NotNullViolation(where(field.getName() + " " + what), field, bare);
    }

    /** The server calls bits that are too many too long. */
    private DatabaseException tooLong() {
        return declared(ColumnDeclaration::type).startsWith("bit")
                ? outOfRange()
                : invalid("is too long for its column", "Shorten it, or widen the column.");
    }

    private DatabaseException outOfRange() {
        return declared(ColumnDeclaration::type).equals("year")
                ? invalid("is none that a YEAR holds: 0, and 1901 to 2155", "Check it.")
                : invalid("is out of the range of its column", "Check it, or widen the column.");
    }

    private DatabaseException misfit() {
        return declared(ColumnDeclaration::type).startsWith("timestamp")
                ? invalid(
                        "is none that a TIMESTAMP holds: 1970-01-01 00:00:01 to 2038-01-19 03:14:07 UTC",
                        "Check it, or make the column a DATETIME.")
                : invalid("is none that its column can hold", "Check it against the column's type.");
    }

    /** MariaDB cuts what is too long for a TEXT, maybe amid a character: of that it complains then. */
    private DatabaseException unfitCharacters() {
        return declared(ColumnDeclaration::collation).startsWith("utf8mb4") ? tooLong() : foreignCharacters();
    }

    /** Returns what generated classes know of the column; empty if that is nothing. */
    private String declared(Function<ColumnDeclaration, String> property) {
        return text.column()
                .map(names::field)
                .flatMap(ColumnDeclaration::of)
                .map(property)
                .orElse("");
    }

    private DatabaseException foreignCharacters() {
        return invalid(
                "has characters that the character set of its column lacks",
                "Leave them out, or make the column utf8mb4.");
    }

    private DatabaseException tooBig() {
        return invalid(
                "is too long, alone or with the others of its statement, for one packet",
                "Send less at once, or raise the server's max_allowed_packet.");
    }

    private InvalidValue invalid(String why, String hint) {
        return invalid(text.column().map(names::field).orElse(null), why, hint);
    }

    private InvalidValue invalid(org.jooq.@Nullable Field<?> field, String why, String hint) {
        var value = field == null ? "a value " : "a value for " + field.getName() + " ";
        return new InvalidValue(where(value + why + ". " + hint), field, bare);
    }

    private DatabaseException signal(int code, String state) {
        return new RaisedSignal(
                where("a trigger or routine of the schema refuses it by SIGNAL, with code " + code + ", state " + state
                        + ". Its words are in text(): no message shows them, as they may quote values."),
                text.whole(),
                bare);
    }

    /** Passes on what the server says: names and SQL, no values. */
    private DatabaseException said(String hint) {
        return new OtherFailure(where(text.sentence() + " " + hint), bare);
    }

    private DatabaseException readOnlyServer() {
        return passing(Kind.READ_ONLY_SERVER, "the server takes no writes now. Try again on the server that does.");
    }

    private DatabaseException noConnectionLeft() {
        return passing(
                Kind.TOO_MANY_CONNECTIONS, "the server has no connection left. Try again, or use smaller pools.");
    }

    private DatabaseException lost() {
        return passing(Kind.CONNECTION_LOST, "the connection was lost. Run the whole transaction again.");
    }

    private DatabaseException timeout() {
        return new StatementTimeout(
                where("the statement took longer than allowed. Make it cheaper, or raise statementTimeout."), bare);
    }

    private DatabaseException passing(Kind kind, String what) {
        return new TransientFailure(where(what), kind, bare);
    }

    private String where(String what) {
        return subject.words() + ": " + what;
    }
}
