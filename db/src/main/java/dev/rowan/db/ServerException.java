package dev.rowan.db;

import org.jspecify.annotations.Nullable;

/** A database server that could not be had. The message says which one, why, and what to do about it. */
public final class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
