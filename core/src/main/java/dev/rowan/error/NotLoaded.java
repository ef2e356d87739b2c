package dev.rowan.error;

/** Thrown when a relation is read that was not loaded for the record: there is no lazy loading. */
public final class NotLoaded extends DatabaseException {

    /** Creates the error; the message names what to add to the query. */
    public NotLoaded(String message) {
        super(message, null);
    }
}
