package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** Thrown for every other error of the server or the driver: invalid SQL, a missing table, a missing privilege. */
public final class OtherFailure extends DatabaseException {

    /** Creates the failure. */
    public OtherFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
