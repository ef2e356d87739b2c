package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the connection is lost during a commit: the transaction may have been committed, or not. Rowan never
 * retries it.
 */
public final class CommitOutcomeUnknown extends DatabaseException {

    /** Creates the error. */
    public CommitOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
