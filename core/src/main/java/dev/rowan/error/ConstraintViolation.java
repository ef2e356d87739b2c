package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A write that a constraint of the schema refuses. Nothing of the statement was written; an open transaction goes on. */
public abstract sealed class ConstraintViolation extends DatabaseException
        permits CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation {

    ConstraintViolation(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
