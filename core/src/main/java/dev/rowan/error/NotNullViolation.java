package dev.rowan.error;

import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Thrown when a NOT NULL column is set to null, or is not set and has no default. */
public final class NotNullViolation extends ConstraintViolation {

    private final Field<?> field;

    /** Creates the violation of a column. */
    public NotNullViolation(String message, Field<?> field, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the column, which is the generated field if the statement's table is generated. */
    public Field<?> field() {
        return field;
    }
}
