package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * A statement that was stopped because it took longer than allowed, whose open transaction goes on; or a transaction that
 * took longer than its options allow, which is rolled back.
 */
public final class StatementTimeout extends DatabaseException {

    /** Makes the error. */
    public StatementTimeout(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
