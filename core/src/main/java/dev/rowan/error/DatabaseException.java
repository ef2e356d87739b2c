package dev.rowan.error;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The root of the exceptions about the database and its responses. Its message says what failed, where, and how to fix
 * it, and contains no bind values.
 *
 * <p>The type is sealed, so that the compiler checks a {@code switch} over its subtypes. Mistakes in the calling code
 * (a field of another table, an update without a condition) throw {@link IllegalArgumentException} and
 * {@link IllegalStateException} instead.
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

    /** Returns what failed, where, and how to fix it. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Returns the error code of the server or the driver, or 0 if the error did not come from them. */
    public int code() {
        return getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
    }
}
