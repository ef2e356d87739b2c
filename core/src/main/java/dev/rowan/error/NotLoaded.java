package dev.rowan.error;

/** A relation that was asked of a record it was not loaded for: nothing is loaded by itself. */
public final class NotLoaded extends DatabaseException {

    /** Makes the error; the message names what to add to the query. */
    public NotLoaded(String message) {
        super(message, null);
    }
}
