package dev.rowan.error;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The root of all that Rowan throws about the database and its answers.
 *
 * <p>Sealed: a {@code switch} over its kinds is checked by the compiler. Mistakes in the calling code (a field of
 * another table, an update without a condition) are {@link IllegalArgumentException} and {@link IllegalStateException}
 * instead.
 */
public abstract sealed class DatabaseException extends RuntimeException
        permits AfterCommitFailure,
                CommitOutcomeUnknown,
                ConstraintViolation,
                InvalidPageToken,
                InvalidValue,
                NotFound,
                NotLoaded,
                NotUnique,
                OtherFailure,
                RaisedSignal,
                SchemaMismatch,
                StaleRecord,
                StatementTimeout,
                TransientFailure {

    private final String message;

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Returns what happened, where, and the mend. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Returns the server's or driver's error code, or 0 when no statement failed. */
    public int code() {
        return getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
    }
}
