package dev.rowan.internal.util;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jooq.ExecuteContext;
import org.jooq.Field;

/** What a row holds and the Java type of its column does not. The message says nothing of the value. */
public final class UnreadableValueException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /** What jOOQ begins with, where it names the field that it could not read; the cause says why. */
    private static final String JOOQ = "Error while reading field: ";

    /**
     * Makes the error.
     *
     * @param what a sentence or two about the Java type
     */
    public UnreadableValueException(String what) {
        super(what);
    }

    /** Returns the error of a column. Of other exceptions than Rowan's own the class is named: they may quote the value. */
    public static UnreadableValueException of(Field<?> field, Exception failure) {
        var what = failure instanceof UnreadableValueException own
                ? Objects.requireNonNull(own.getMessage())
                : field.getType().getName() + " cannot be read from what the row holds ("
                        + failure.getClass().getSimpleName() + "). Let the type take it, or mend the row.";
        var error = new UnreadableValueException(FieldNames.shown(field) + ": " + what);
        error.setStackTrace(failure.getStackTrace()); // which leads into the user's converter
        return error;
    }

    /** Returns the error of a column, if jOOQ's own reading failed there; the record is the one under way. */
    public static Optional<UnreadableValueException> of(ExecuteContext context) {
        var failure = context.sqlException();
        while (failure != null && failure.getCause() instanceof SQLException within && isJooqs(within)) {
            // of a row within a row
            failure = within;
        }
        if (failure == null || !isJooqs(failure) || !(failure.getCause() instanceof Exception cause)) {
            return Optional.empty();
        }
        if (cause instanceof SQLException said && !isSaidBy(said)) {
            return Optional.empty();
        }
        var row = context.record();
        if (row == null) {
            return Optional.empty();
        }
        var text = String.valueOf(failure.getMessage());
        return row.fieldStream()
                .filter(field -> text.startsWith(JOOQ + field + ","))
                .findFirst()
                .map(field -> of(field, cause));
    }

    private static boolean isJooqs(SQLException e) {
        return String.valueOf(e.getMessage()).startsWith(JOOQ);
    }

    /** Says whether the driver could not make the Java value: the server and the connection have nothing to do with it. */
    public static boolean isSaidBy(SQLException e) {
        var state = e.getSQLState();
        return e.getErrorCode() == 0 && state != null && (state.equals("S1009") || state.startsWith("22"));
    }
}
