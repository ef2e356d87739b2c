package dev.rowan.error;

/** Several rows where there must be at most one. */
public final class NotUnique extends DatabaseException {

    /** Makes the error; the message names the table. */
    public NotUnique(String message) {
        super(message, null);
    }
}
