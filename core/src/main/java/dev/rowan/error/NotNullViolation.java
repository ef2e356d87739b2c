package dev.rowan.error;

import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A column that may not be null and was given null, or was given nothing and has no default. */
public final class NotNullViolation extends ConstraintViolation {

    private final Field<?> field;

    /** Makes the violation for a column. */
    public NotNullViolation(String message, Field<?> field, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** Returns the column: the generated field, if the statement's table is a generated one. */
    public Field<?> field() {
        return field;
    }
}
