package dev.rowan.error;

/** Thrown when a query for at most one row finds several. */
public final class NotUnique extends DatabaseException {

    /** Creates the error; the message names the table. */
    public NotUnique(String message) {
        super(message, null);
    }
}
