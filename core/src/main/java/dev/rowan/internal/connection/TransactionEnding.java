package dev.rowan.internal.connection;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which failures of a statement end its transaction on the server. Stateless. */
public final class TransactionEnding {

    /** What the server says about a transaction. */
    public enum ServerState {
        OPEN,
        ROLLED_BACK,
        CONNECTION_LOST
    }

    private TransactionEnding() {}

    /**
     * Returns the failure that ended the transaction; null if the transaction is still open.
     *
     * @param state asks the server about the transaction; called only if the failure does not tell
     */
    public static @Nullable TransientFailure by(DatabaseException failure, Supplier<ServerState> state) {
        return switch (failure) {
            case StatementTimeout timeout -> state.get() == ServerState.OPEN ? null : rolledBack(timeout);
            case TransientFailure cause ->
                switch (cause.kind()) {
                    case DEADLOCK, CONNECTION_LOST -> cause;
                    // innodb_rollback_on_timeout, a deadlock's victim and a full lock table roll all back
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

    /** Returns the failure of a transaction that the server has rolled back, with another code or none. */
    public static TransientFailure rolledBack(DatabaseException failure) {
        return new TransientFailure(
                "The server has rolled back the transaction. Run the whole transaction again. First failure: "
                        + failure.getMessage(),
                Kind.DEADLOCK,
                failure);
    }

    /** Returns the failure of a statement after the end of its transaction. */
    public static TransientFailure refusal(TransientFailure ending) {
        return new TransientFailure(
                "The server has ended the transaction, which takes no more statements. First failure: "
                        + ending.getMessage(),
                ending.kind(),
                ending);
    }
}
