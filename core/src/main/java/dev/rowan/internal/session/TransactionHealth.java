package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.ConnectionSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a transaction is still open on the server, and whether its connection may be reused: both follow from the
 * failures that it reported. Not thread-safe.
 */
final class TransactionHealth {

    /** The failure with which the server ended the transaction; null while the transaction is open. */
    private @Nullable TransientFailure ending;

    private boolean isConnectionReusable = true;

    /**
     * Records the effects of a failure.
     *
     * @param isAlive tests the connection; asked only if the failure does not tell
     */
    void record(DatabaseException failure, BooleanSupplier isAlive) {
        if (ConnectionSource.isSpoiledBy(failure)) {
            isConnectionReusable = false;
        }
        if (ending == null && failure instanceof TransientFailure cause && endsTransaction(cause.kind(), isAlive)) {
            ending = cause;
        }
    }

    private static boolean endsTransaction(TransientFailure.Kind kind, BooleanSupplier isAlive) {
        return switch (kind) {
            case DEADLOCK, CONNECTION_LOST -> true;
            case INTERRUPTED -> !isAlive.getAsBoolean(); // the statement is stopped first, then the connection
            case LOCK_TIMEOUT, READ_ONLY_SERVER, UNREACHABLE, TOO_MANY_CONNECTIONS, POOL_EXHAUSTED, RENUMBERED -> false;
        };
    }

    /** Returns whether the server has ended the transaction. */
    boolean isEndedByServer() {
        return ending != null;
    }

    /**
     * Checks before a statement that the transaction is open.
     *
     * @throws TransientFailure that names the failure with which the server ended it
     */
    void requireOpen() {
        if (ending != null) {
            throw new TransientFailure(
                    "The server has ended the transaction, which takes no more statements. First failure: "
                            + ending.getMessage(),
                    ending.kind(),
                    ending);
        }
    }

    /**
     * Checks before the commit that the transaction is open.
     *
     * @throws TransientFailure with which the server ended it: that failure itself, as the body did not throw it
     */
    void requireCommittable() {
        if (ending != null) {
            throw ending;
        }
    }

    /** Returns why the transaction failed: the failure with which the server ended it, or else what was thrown. */
    Throwable reason(Throwable thrown) {
        return ending == null || thrown instanceof CommitOutcomeUnknown ? thrown : ending;
    }

    /** Notes that the connection must be discarded, not given back to the pool. */
    void discardConnection() {
        isConnectionReusable = false;
    }

    boolean isConnectionReusable() {
        return isConnectionReusable;
    }
}
