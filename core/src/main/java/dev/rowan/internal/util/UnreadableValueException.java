package dev.rowan.internal.util;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jooq.ExecuteContext;
import org.jooq.Field;

/** A value in a row that the Java type of its column cannot represent. The message does not contain the value. */
public final class UnreadableValueException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /** The beginning of the driver's message about a date without a month or day. */
    private static final String ZERO_DATE = "Zero date";

    /** The beginning of jOOQ's message about a field that it could not read; the reason is the cause. */
    private static final String JOOQ_PREFIX = "Error while reading field: ";

    /**
     * Creates the error without a column.
     *
     * @param what a sentence or two about the Java type, and the fix
     */
    public UnreadableValueException(String what) {
        super(what);
    }

    /**
     * Returns the error of a column. It names only the class of a foreign exception, whose message may quote the value.
     */
    public static UnreadableValueException of(Field<?> field, Exception failure) {
        var what = failure instanceof UnreadableValueException own
                ? Objects.requireNonNull(own.getMessage())
                : field.getType().getName() + " cannot be read from the value in the row ("
                        + failure.getClass().getSimpleName() + "). " + hint(failure);
        var error = new UnreadableValueException(FieldNames.shown(field) + ": " + what);
        error.setStackTrace(failure.getStackTrace()); // it leads to the user's converter
        return error;
    }

    private static String hint(Exception failure) {
        return String.valueOf(failure.getMessage()).startsWith(ZERO_DATE)
                ? "The row holds a zero date, as 0000-00-00. Fix the row, or add zeroDateTimeBehavior=CONVERT_TO_NULL to"
                        + " the URL, to read zero dates as null."
                : "Change the type, or fix the row.";
    }

    /** Returns this error with the row that it is about, such as {@code users with id 7}. */
    public UnreadableValueException inRow(String row) {
        var error = new UnreadableValueException(getMessage() + " It is the row of " + row + ".");
        error.setStackTrace(getStackTrace());
        return error;
    }

    /** Returns the error of the column that jOOQ failed to read; empty if the statement failed for another reason. */
    public static Optional<UnreadableValueException> of(ExecuteContext context) {
        var failure = context.sqlException();
        while (failure != null && failure.getCause() instanceof SQLException nested && isFromJooq(nested)) {
            // a row within a row
            failure = nested;
        }
        if (failure == null || !isFromJooq(failure) || !(failure.getCause() instanceof Exception cause)) {
            return Optional.empty();
        }
        if (cause instanceof SQLException sql && !isCausedBy(sql)) {
            return Optional.empty();
        }
        var row = context.record();
        if (row == null) {
            return Optional.empty();
        }
        var text = String.valueOf(failure.getMessage());
        return row.fieldStream()
                .filter(field -> text.startsWith(JOOQ_PREFIX + field + ","))
                .findFirst()
                .map(field -> of(field, cause));
    }

    private static boolean isFromJooq(SQLException e) {
        return String.valueOf(e.getMessage()).startsWith(JOOQ_PREFIX);
    }

    /** Returns whether the driver failed to convert a value: the server and the connection are not the cause. */
    public static boolean isCausedBy(SQLException e) {
        var state = e.getSQLState();
        return e.getErrorCode() == 0 && state != null && (state.equals("S1009") || state.startsWith("22"));
    }
}
