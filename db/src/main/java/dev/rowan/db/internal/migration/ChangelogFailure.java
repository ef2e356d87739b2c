package dev.rowan.db.internal.migration;

import org.jspecify.annotations.Nullable;

/** An operation on a changelog failed. The message is for users: the changeset, the reason, and the fix. */
public final class ChangelogFailure extends Exception {

    private static final long serialVersionUID = 1;

    ChangelogFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
