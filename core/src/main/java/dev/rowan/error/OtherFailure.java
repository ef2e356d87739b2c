package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** What the server or the driver refuses and no other type names: wrong SQL, a missing table, a missing privilege. */
public final class OtherFailure extends DatabaseException {

    /** Makes the failure. */
    public OtherFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
