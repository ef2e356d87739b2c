package dev.rowan.error;

/** A row that must exist and does not. */
public final class NotFound extends DatabaseException {

    /** Makes the error; the message names the table, never the key's value. */
    public NotFound(String message) {
        super(message, null);
    }
}
