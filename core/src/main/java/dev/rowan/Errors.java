package dev.rowan;

import dev.rowan.error.CheckViolation;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.NotNullViolation;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Pattern;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the driver throws into a type of {@link dev.rowan.error}, by the server's code: classes and states differ
 * between the engines for the same fault.
 *
 * <p>The server's own text often quotes the values of the statement. It is read for names, and then kept neither as a
 * message nor as a cause, except where it is known to hold none.
 */
final class Errors {

    private static final Pattern KEY = Pattern.compile("for key '(?:[^'.]*\\.)?([^']+)'");
    private static final Pattern FOREIGN_KEY = Pattern.compile("`([^`]+)`, CONSTRAINT `([^`]+)`");
    private static final Pattern MYSQL_CHECK = Pattern.compile("constraint '([^']+)'");
    private static final Pattern MARIADB_CHECK = Pattern.compile("CONSTRAINT `(?:[^`]*\\.)?([^`.]+)`");
    private static final Pattern COLUMN = Pattern.compile("(?:[Cc]olumn|Field) '(?:[^'.]*\\.)*([^'.]+)'");
    private static final Pattern QUOTED_COLUMN = Pattern.compile("column (?:`[^`]*`\\.)*`([^`]+)`");

    private Errors() {}

    /** Returns the typed error of a failed statement. */
    static DatabaseException typed(SQLException e, Verb verb, @Nullable Table<?> table) {
        var where = verb.of(table);
        var names = new Names(table);
        var text = String.valueOf(e.getMessage());
        return switch (e.getErrorCode()) {
            case 1062 -> unique(where, names, text, withoutText(e));
            case 1451 ->
                foreignKey(
                        where + ": other rows still refer to this one",
                        "Delete or change those rows first.",
                        names,
                        text,
                        e);
            case 1452 ->
                foreignKey(
                        where + ": the row refers to one that is not there",
                        "Write the row it refers to first.",
                        names,
                        text,
                        e);
            case 3819 -> check(where, first(MYSQL_CHECK, text), withoutText(e));
            case 4025 -> mariadbCheck(where, names, text, withoutText(e));
            case 1048, 1364 -> {
                var field = names.field(first(COLUMN, text));
                yield new NotNullViolation(
                        where + ": " + field.getName() + " may not be null and has no default. Set it.",
                        field,
                        withoutText(e));
            }
            case 1406 ->
                invalid(where, "is too long for its column", "Shorten it, or widen the column.", names, text, e);
            case 1264, 1690 ->
                invalid(where, "is out of the range of its column", "Check it, or widen the column.", names, text, e);
            case 1366, 1292, 1265, 3140, 3141, 3156, 3854 ->
                invalid(
                        where,
                        "is none that its column can hold",
                        "Check it against the column's type.",
                        names,
                        text,
                        e);
            case 1213 ->
                passing(
                        where + ": the server ended the transaction to resolve a deadlock. Run the transaction again.",
                        Kind.DEADLOCK,
                        e);
            case 1205, 3572 ->
                passing(
                        where + ": a lock was not to be had in time. Roll back, then run the transaction again.",
                        Kind.LOCK_TIMEOUT,
                        e);
            case 1290, 1836 ->
                passing(
                        where + ": the server takes no writes now. Try again on the server that does.",
                        Kind.READ_ONLY_SERVER,
                        e);
            case 1792 ->
                new OtherFailure(
                        where + ": this transaction only reads. Write in database.transaction(…) instead.",
                        withoutText(e));
            case 1040, 1203, 1226 ->
                passing(
                        where + ": the server has no connection left. Try again, or use smaller pools.",
                        Kind.TOO_MANY_CONNECTIONS,
                        e);
            case 1317 -> passing(where + ": somebody stopped the statement. Try again.", Kind.INTERRUPTED, e);
            case 3024, 1969 -> timeout(where, e);
            case 1044, 1045, 1049, 1054, 1064, 1142, 1143, 1146, 1227 ->
                new OtherFailure(where + ": " + text, e); // names and SQL, no values
            default -> byClass(where, e);
        };
    }

    /** Returns the typed error of a connection that was not to be had. */
    static DatabaseException connecting(SQLException e, String target) {
        if (e instanceof SQLTransientConnectionException && e.getCause() == null)
            return exhausted(target, inParentheses(String.valueOf(e.getMessage())));
        var cause = e.getCause() instanceof SQLException inner ? inner : e;
        if (cause.getErrorCode() == 1040) return typed(cause, Verb.RUN, null);
        if (cause.getErrorCode() != 0) // the server answered, and says why: user, password, database
        return new OtherFailure("Cannot log in to " + target + ": " + cause.getMessage(), cause);
        if (!isConnectionLost(cause) || "08001".equals(cause.getSQLState()))
            return new OtherFailure(
                    "The driver cannot use the URL " + target + ". Check its host, port and properties.",
                    withoutText(cause));
        return passing(
                "No database answers at " + target + ". Check the address, and that the server runs.",
                Kind.UNREACHABLE,
                cause);
    }

    /** Returns the error of one row of many, counted from 1, with that in front of what it says. */
    static DatabaseException inRow(long row, DatabaseException e) {
        var message = "Row " + row + ": " + e.getMessage();
        return switch (e) {
            case UniqueViolation v -> new UniqueViolation(message, v.key(), v.getCause());
            case ForeignKeyViolation v -> new ForeignKeyViolation(message, v.key(), v.getCause());
            case CheckViolation v -> new CheckViolation(message, v.name(), v.getCause());
            case NotNullViolation v -> new NotNullViolation(message, v.field(), v.getCause());
            case InvalidValue v -> new InvalidValue(message, v.field().orElse(null), v.getCause());
            case OtherFailure v -> new OtherFailure(message, v.getCause());
            default -> e; // of the connection or the server, not of the row
        };
    }

    /** Returns what kind of failure this is, in a word or two. */
    static String kind(Throwable failure) {
        var name = failure.getClass().getSimpleName();
        return failure instanceof TransientFailure passing ? name + " " + passing.kind() : name;
    }

    /** Returns the error of a pool whose connections were all in use for as long as a caller waits. */
    static TransientFailure exhausted(String target, String counts) {
        return new TransientFailure(
                "All connections to " + target + " are in use (" + counts
                        + "). Hold them for shorter, or make the pool larger.",
                Kind.POOL_EXHAUSTED,
                null);
    }

    /** Says whether the connection itself is gone, and its transaction with it. */
    static boolean isConnectionLost(SQLException e) {
        var state = e.getSQLState();
        return state != null && state.startsWith("08");
    }

    private static DatabaseException byClass(String where, SQLException e) {
        if (e instanceof SQLTimeoutException) return timeout(where, e);
        if (isConnectionLost(e))
            return passing(
                    where + ": the connection was lost. Run the whole transaction again.", Kind.CONNECTION_LOST, e);
        return new OtherFailure(
                where + ": the server or driver refuses it with code " + e.getErrorCode() + ", state " + e.getSQLState()
                        + ". Look the code up in the server's manual.",
                withoutText(e));
    }

    private static DatabaseException unique(String where, Names names, String text, SQLException cause) {
        var key = names.uniqueKey(first(KEY, text));
        return new UniqueViolation(
                where + ": another row has the same " + Names.columns(key) + " (unique key " + Names.constraint(key)
                        + "). Choose another value, or update that row.",
                key,
                cause);
    }

    private static DatabaseException foreignKey(String what, String mend, Names names, String text, SQLException e) {
        var matcher = FOREIGN_KEY.matcher(text);
        var found = matcher.find();
        var key = names.foreignKey(found ? matcher.group(1) : "", found ? matcher.group(2) : "");
        return new ForeignKeyViolation(what + " (foreign key " + key.getName() + "). " + mend, key, withoutText(e));
    }

    private static DatabaseException mariadbCheck(String where, Names names, String text, SQLException cause) {
        var name = first(MARIADB_CHECK, text);
        // MariaDB keeps JSON in a text column with a check that bears the column's name
        return names.isColumn(name)
                ? new InvalidValue(
                        where + ": the value for " + name + " is not JSON. Check it.", names.field(name), cause)
                : check(where, name, cause);
    }

    private static DatabaseException check(String where, String name, SQLException cause) {
        return new CheckViolation(
                where + ": the row breaks the check " + name + ". See its condition in the changelog.", name, cause);
    }

    private static DatabaseException invalid(
            String where, String why, String mend, Names names, String text, SQLException e) {
        var column = first(COLUMN, text);
        if (column.isEmpty()) column = first(QUOTED_COLUMN, text);
        var field = column.isEmpty() ? null : names.field(column);
        return new InvalidValue(
                where + ": a value" + (field == null ? " " : " for " + field.getName() + " ") + why + ". " + mend,
                field,
                withoutText(e));
    }

    private static DatabaseException timeout(String where, SQLException e) {
        return new StatementTimeout(
                where + ": the statement took longer than allowed. Make it cheaper, or raise statementTimeout.",
                withoutText(e));
    }

    private static DatabaseException passing(String message, Kind kind, SQLException e) {
        return new TransientFailure(message, kind, withoutText(e));
    }

    /** Returns the exception without its text, which may quote values: same code, state and stack. */
    private static SQLException withoutText(SQLException e) {
        var bare = new SQLException("(text withheld, as it may quote values)", e.getSQLState(), e.getErrorCode());
        bare.setStackTrace(e.getStackTrace());
        return bare;
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String inParentheses(String text) {
        return text.substring(text.indexOf('(') + 1, Math.max(text.indexOf('(') + 1, text.lastIndexOf(')')));
    }
}
