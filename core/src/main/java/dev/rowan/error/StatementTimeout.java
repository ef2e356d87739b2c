package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A statement that the server stopped because it took longer than allowed. An open transaction goes on. */
public final class StatementTimeout extends DatabaseException {

    /** Makes the error. */
    public StatementTimeout(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
