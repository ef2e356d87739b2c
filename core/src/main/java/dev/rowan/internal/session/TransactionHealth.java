package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.TransactionEnding;
import dev.rowan.internal.connection.TransactionEnding.ServerState;
import java.util.function.Supplier;
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
     * @param state asks the server about the transaction; called only if the failure does not tell
     */
    void record(DatabaseException failure, Supplier<ServerState> state) {
        if (ConnectionSource.isSpoiledBy(failure)) {
            isConnectionReusable = false;
        }
        if (ending == null) {
            ending = TransactionEnding.by(failure, state);
        }
    }

    /**
     * Records that a part of the transaction could not be undone: the transaction must not be committed, and takes no
     * more statements.
     */
    void doom(DatabaseException failure) {
        if (ending == null) {
            ending = failure instanceof TransientFailure cause ? cause : TransactionEnding.rolledBack(failure);
        }
    }

    /** Returns the failure that ended the transaction; null if the transaction is still open. */
    @Nullable TransientFailure ending() {
        return ending;
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
            throw TransactionEnding.refusal(ending);
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
