package dev.rowan.error;

import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** A row whose value in a unique or primary key another row has already. */
public final class UniqueViolation extends ConstraintViolation {

    private final UniqueKey<?> key;

    /** Makes the violation of a key. */
    public UniqueViolation(String message, UniqueKey<?> key, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /** Returns the key: equal to the constant in the generated {@code Keys}, if the statement's table is a generated one. */
    public UniqueKey<?> key() {
        return key;
    }
}
