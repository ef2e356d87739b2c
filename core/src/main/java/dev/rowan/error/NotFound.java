package dev.rowan.error;

/** Thrown when a row that must exist does not. */
public final class NotFound extends DatabaseException {

    /** Creates the error; the message names the table, but no value of the key. */
    public NotFound(String message) {
        super(message, null);
    }
}
