package dev.rowan.error;

import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A value that its column, or the statement, cannot take: too long, out of range, not of the enum, not JSON, or larger
 * than the server takes in one packet. So is one that the column would hold as another: with finer parts of a second than
 * it keeps, say, or more digits. A repository refuses that one itself, before anything is sent. Nothing of the statement
 * was written; an open transaction goes on.
 */
public final class InvalidValue extends DatabaseException {

    private final @Nullable Field<?> field;

    /** Makes the error for a column, null when it is not known. */
    public InvalidValue(String message, @Nullable Field<?> field, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the column, when it is known: of what the server refuses, it does not always say it. */
    public Optional<Field<?>> field() {
        return Optional.ofNullable(field);
    }
}
