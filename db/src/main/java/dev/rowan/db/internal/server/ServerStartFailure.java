package dev.rowan.db.internal.server;

import org.jspecify.annotations.Nullable;

/** A server did not start or did not accept a connection. The message is for users: what failed, why, and the fix. */
public final class ServerStartFailure extends Exception {

    private static final long serialVersionUID = 1;

    /** Creates a failure with a message for users. */
    public ServerStartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
