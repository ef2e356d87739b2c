package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A page token that this query did not make: damaged, forged, of another ordering, or of another version of the format. */
public final class InvalidPageToken extends DatabaseException {

    /** Makes the error. */
    public InvalidPageToken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
