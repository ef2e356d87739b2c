package dev.rowan.error;

import org.jooq.ForeignKey;
import org.jspecify.annotations.Nullable;

/** Thrown when a row references a row that does not exist, or when a deleted or changed row is still referenced. */
public final class ForeignKeyViolation extends ConstraintViolation {

    private final ForeignKey<?, ?> key;

    /** Creates the violation of a key. */
    public ForeignKeyViolation(String message, ForeignKey<?, ?> key, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /**
     * Returns the key, which equals the constant in the generated {@code Keys} if the statement's table is generated.
     */
    public ForeignKey<?, ?> key() {
        return key;
    }
}
