package dev.rowan.error;

import org.jooq.ForeignKey;
import org.jspecify.annotations.Nullable;

/** A row that refers to one that is not there, or the end of a row that others refer to. */
public final class ForeignKeyViolation extends ConstraintViolation {

    private final ForeignKey<?, ?> key;

    /** Makes the violation of a key. */
    public ForeignKeyViolation(String message, ForeignKey<?, ?> key, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /** Returns the key: equal to the constant in the generated {@code Keys}, if the statement's table is a generated one. */
    public ForeignKey<?, ?> key() {
        return key;
    }
}
