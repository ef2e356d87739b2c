package dev.rowan.error;

import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** Thrown when another row has the same value in a unique or primary key. */
public final class UniqueViolation extends ConstraintViolation {

    private final UniqueKey<?> key;

    /** Creates the violation of a key. */
    public UniqueViolation(String message, UniqueKey<?> key, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /**
     * Returns the key, which equals the constant in the generated {@code Keys} if the statement's table is generated.
     */
    public UniqueKey<?> key() {
        return key;
    }
}
