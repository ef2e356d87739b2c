package dev.rowan.db;

import org.jspecify.annotations.Nullable;

/** A changelog that could not be applied. The message names the changeset, says why, and what to do about it. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
