package dev.rowan.error;

import org.jspecify.annotations.Nullable;

/** Thrown for a transient failure: a retry of the whole transaction may succeed. */
public final class TransientFailure extends DatabaseException {

    /** The kind of a transient failure. */
    public enum Kind {
        /** A deadlock, or another conflict with a concurrent transaction; the transaction is rolled back. */
        DEADLOCK,
        /** Lock wait timeout; the transaction is still open. */
        LOCK_TIMEOUT,
        /** The connection was lost; its transaction is rolled back. */
        CONNECTION_LOST,
        /** The server could not be reached. */
        UNREACHABLE,
        /** The connection limit of the server, or of the user, is reached. */
        TOO_MANY_CONNECTIONS,
        /** No connection of the pool became free within the pool timeout. */
        POOL_EXHAUSTED,
        /** The server is read-only, as after a failover. */
        READ_ONLY_SERVER,
        /** The statement was stopped by KILL QUERY, or the thread was interrupted while it waited for a connection. */
        INTERRUPTED,
        /**
         * {@code auto_increment_increment} changed during the transaction, so that generated keys may be wrong; the
         * transaction is rolled back.
         */
        RENUMBERED;

        /**
         * Returns whether Rowan retries a transaction after such a failure: it has certainly not been done, and may
         * succeed at another attempt. After the others, the call has waited long enough, or was to be interrupted.
         */
        public boolean isRetryable() {
            return switch (this) {
                case DEADLOCK, LOCK_TIMEOUT, CONNECTION_LOST, TOO_MANY_CONNECTIONS, READ_ONLY_SERVER, RENUMBERED ->
                    true;
                case UNREACHABLE, POOL_EXHAUSTED, INTERRUPTED -> false;
            };
        }
    }

    private final Kind kind;

    /** Creates the failure of a kind. */
    public TransientFailure(String message, Kind kind, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the kind of the failure. */
    public Kind kind() {
        return kind;
    }
}
