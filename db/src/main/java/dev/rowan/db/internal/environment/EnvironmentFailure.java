package dev.rowan.db.internal.environment;

import org.jspecify.annotations.Nullable;

/** An operation on an environment failed. The message is for users: what failed, why, and the fix. */
public final class EnvironmentFailure extends Exception {

    private static final long serialVersionUID = 1;

    EnvironmentFailure(String message) {
        this(message, null);
    }

    EnvironmentFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
