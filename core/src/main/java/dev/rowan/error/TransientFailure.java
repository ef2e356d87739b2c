package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** A failure that may not happen again when the same work is tried once more, as a whole transaction. */
public final class TransientFailure extends DatabaseException {

    /** What failed. */
    public enum Kind {
        /** The server ended the transaction, for a deadlock or another conflict with others; it is rolled back. */
        DEADLOCK,
        /** A lock was not to be had in time; the transaction is still open. */
        LOCK_TIMEOUT,
        /** The connection broke; its transaction is rolled back. */
        CONNECTION_LOST,
        /** No connection could be made. */
        UNREACHABLE,
        /** The server has as many connections as it takes. */
        TOO_MANY_CONNECTIONS,
        /** Every connection of the pool was in use for as long as a caller waits. */
        POOL_EXHAUSTED,
        /** The server takes no writes, as after a failover. */
        READ_ONLY_SERVER,
        /** Somebody stopped the statement by KILL QUERY, or interrupted the thread that waited for a connection. */
        INTERRUPTED,
        /** The server came to number rows in other steps, so that keys of the transaction may be wrong; it is rolled back. */
        RENUMBERED
    }

    private final Kind kind;

    /** Makes the failure of a kind. */
    public TransientFailure(String message, Kind kind, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what failed. */
    public Kind kind() {
        return kind;
    }
}
