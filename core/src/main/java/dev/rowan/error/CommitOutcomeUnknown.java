package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A commit whose answer was lost: the transaction may have been committed, or not. Never repeated by Rowan. */
public final class CommitOutcomeUnknown extends DatabaseException {

    /** Makes the error. */
    public CommitOutcomeUnknown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
