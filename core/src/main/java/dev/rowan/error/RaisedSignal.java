package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a trigger or routine of the schema rejects a statement with SIGNAL. The statement has written nothing,
 * and an open transaction stays open.
 */
public final class RaisedSignal extends DatabaseException {

    private final String text;

    /** Creates the error; the text is the MESSAGE_TEXT of the SIGNAL. */
    public RaisedSignal(String message, String text, @Nullable Throwable cause) {
        super(message, cause);
        this.text = text;
    }

    /**
     * Returns the MESSAGE_TEXT of the SIGNAL, as the schema defines it. It may quote values of the row, so
     * {@link #getMessage()} does not contain it. {@link #code()} is its MYSQL_ERRNO.
     */
    public String text() {
        return text;
    }
}
