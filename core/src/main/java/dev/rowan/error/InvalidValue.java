package dev.rowan.error;

import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A value that its column cannot hold: too long, out of range, not of the enum, not JSON. */
public final class InvalidValue extends DatabaseException {

    private final @Nullable Field<?> field;

    /** Makes the error for a column, null when the server does not name it. */
    public InvalidValue(String message, @Nullable Field<?> field, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the column, when the server names it. */
    public Optional<Field<?>> field() {
        return Optional.ofNullable(field);
    }
}
