package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.connection.ConnectionSource;
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

    /** What the server says about the transaction. */
    enum ServerState {
        OPEN,
        ROLLED_BACK,
        CONNECTION_LOST
    }

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
            ending = ending(failure, state);
        }
    }

    /**
     * Records that a part of the transaction could not be undone: the transaction must not be committed, and takes no
     * more statements.
     */
    void doom(DatabaseException failure) {
        if (ending == null) {
            ending = failure instanceof TransientFailure cause ? cause : rolledBack(failure);
        }
    }

    /** Returns the failure that ended the transaction; null if the transaction is still open. */
    private static @Nullable TransientFailure ending(DatabaseException failure, Supplier<ServerState> state) {
        return switch (failure) {
            case StatementTimeout timeout -> state.get() == ServerState.OPEN ? null : rolledBack(timeout);
            case TransientFailure cause ->
                switch (cause.kind()) {
                    case DEADLOCK, CONNECTION_LOST -> cause;
                    // with innodb_rollback_on_timeout, or as the victim of a deadlock, all is rolled back
                    case LOCK_TIMEOUT, INTERRUPTED ->
                        switch (state.get()) {
                            case OPEN -> null;
                            case ROLLED_BACK -> rolledBack(cause);
                            case CONNECTION_LOST -> cause; // the statement is stopped first, then the connection
                        };
                    case READ_ONLY_SERVER, UNREACHABLE, TOO_MANY_CONNECTIONS, POOL_EXHAUSTED, RENUMBERED -> null;
                };
            default -> null;
        };
    }

    private static TransientFailure rolledBack(DatabaseException failure) {
        return new TransientFailure(
                "The server has rolled back the transaction. Run the whole transaction again. First failure: "
                        + failure.getMessage(),
                Kind.DEADLOCK,
                failure);
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
