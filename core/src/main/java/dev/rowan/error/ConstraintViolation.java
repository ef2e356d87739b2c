package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a write violates a constraint of the schema. The statement has written nothing, and an open transaction
 * stays open.
 */
public abstract sealed class ConstraintViolation extends DatabaseException
        permits CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation {

    ConstraintViolation(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
