package dev.rowan.db.internal.server;

import org.jspecify.annotations.Nullable;

/** A server did not start or did not accept a connection. The message is for users: what failed, why, and the fix. */
public final class ServerStartFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** Creates a failure with a message for users. */
    public ServerStartFailure(String message, @Nullable Throwable cause) {
        this(message, "", cause);
    }

    /**
     * Creates a failure with what failed and why, as a clause without a full stop, and with sentences that say how to
     * fix it.
     */
    public ServerStartFailure(String reason, String fix, @Nullable Throwable cause) {
        super(fix.isEmpty() ? reason : reason + ". " + fix, cause);
        this.reason = reason;
    }

    /** Returns what failed and why, without the fix. */
    public String reason() {
        return reason;
    }
}
