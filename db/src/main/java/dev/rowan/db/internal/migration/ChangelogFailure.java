package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.jdbc.ConnectFailure;
import org.jspecify.annotations.Nullable;

/** An operation on a changelog failed. The message is for users: the changeset, the reason, and the fix. */
public final class ChangelogFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean isConnected;

    ChangelogFailure(String message, @Nullable Throwable cause) {
        this(message, cause, true);
    }

    private ChangelogFailure(String message, @Nullable Throwable cause, boolean isConnected) {
        super(message, cause);
        this.isConnected = isConnected;
    }

    /** Returns the failure of an operation that has got no connection. */
    static ChangelogFailure of(ConnectFailure failure) {
        return new ChangelogFailure(String.valueOf(failure.getMessage()), failure.getCause(), false);
    }

    /** Returns whether there was a connection, so that the changelog or what it found may be the cause. */
    public boolean isConnected() {
        return isConnected;
    }
}
