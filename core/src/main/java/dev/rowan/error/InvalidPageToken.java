package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** Thrown when a page token does not belong to the query: it is damaged, or of another order or format version. */
public final class InvalidPageToken extends DatabaseException {

    /** Creates the error. */
    public InvalidPageToken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
