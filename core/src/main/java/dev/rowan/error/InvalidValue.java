package dev.rowan.error;

import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a column or a statement does not accept a value: it is too long, out of range, not a literal of the ENUM,
 * not JSON, or larger than one packet. Also thrown for a value that the column would change, such as one with more
 * decimal places than it stores: a repository refuses it before it sends the statement. The statement has written
 * nothing, and an open transaction stays open.
 */
public final class InvalidValue extends DatabaseException {

    private final @Nullable Field<?> field;

    /** Creates the error of a column; null if it is not known. */
    public InvalidValue(String message, @Nullable Field<?> field, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the column; empty if it is not known, as the server does not always report it. */
    public Optional<Field<?>> field() {
        return Optional.ofNullable(field);
    }
}
