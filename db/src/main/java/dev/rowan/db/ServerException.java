package dev.rowan.db;

import org.jspecify.annotations.Nullable;

/** A database server is not available. The message says which one, why, and how to fix it. */
public final class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
