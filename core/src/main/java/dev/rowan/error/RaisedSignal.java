package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * A statement that a trigger or routine of the schema refuses by SIGNAL. Nothing of the statement was written; an open
 * transaction goes on.
 */
public final class RaisedSignal extends DatabaseException {

    private final String text;

    /** Makes the error; the text is what the trigger or routine says. */
    public RaisedSignal(String message, String text, @Nullable Throwable cause) {
        super(message, cause);
        this.text = text;
    }

    /**
     * Returns the MESSAGE_TEXT of the SIGNAL, in the words of whoever wrote the schema. It stands in no message, as it may
     * quote the values of the row: show it to whom they may be shown. {@link #code()} is its MYSQL_ERRNO.
     */
    public String text() {
        return text;
    }
}
