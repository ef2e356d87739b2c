package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a statement exceeds its timeout and is stopped: an open transaction stays open. Also thrown when a
 * transaction exceeds the timeout of its options: the transaction is rolled back.
 */
public final class StatementTimeout extends DatabaseException {

    /** Creates the error. */
    public StatementTimeout(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
