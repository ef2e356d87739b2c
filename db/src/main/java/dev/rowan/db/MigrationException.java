package dev.rowan.db;

import org.jspecify.annotations.Nullable;

/** A changelog cannot be read, applied or rolled back. The message names the changeset, the reason, and the fix. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
