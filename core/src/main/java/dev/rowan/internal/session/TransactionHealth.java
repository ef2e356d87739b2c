package dev.rowan.internal.session;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.ConnectionSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What failures did to a transaction, and to the connection that it is on. Not thread-safe. */
final class TransactionHealth {

    /** Why the server ended the transaction on its own; null while it is open. */
    private @Nullable TransientFailure doom;

    /** Whether nobody may have the connection after this. */
    private boolean spoiled;

    /** Takes note of what a failure did; asks only where that is in doubt whether the connection is alive. */
    void note(DatabaseException failure, BooleanSupplier alive) {
        spoiled |= ConnectionSource.isSpoiledBy(failure);
        if (doom == null && failure instanceof TransientFailure passing && endsTransaction(passing.kind(), alive)) {
            doom = passing;
        }
    }

    private static boolean endsTransaction(TransientFailure.Kind kind, BooleanSupplier alive) {
        return switch (kind) {
            case DEADLOCK, CONNECTION_LOST -> true;
            case INTERRUPTED -> !alive.getAsBoolean(); // the statement is stopped first, then the connection
            case LOCK_TIMEOUT, READ_ONLY_SERVER, UNREACHABLE, TOO_MANY_CONNECTIONS, POOL_EXHAUSTED, RENUMBERED -> false;
        };
    }

    /** @throws TransientFailure that names what ended the transaction, if it was ended */
    void check() {
        if (doom != null) {
            throw new TransientFailure(
                    "The transaction takes no more statements: the server has ended it. What came first: "
                            + doom.getMessage(),
                    doom.kind(),
                    doom);
        }
    }

    /** @throws TransientFailure that ended the transaction: itself, for the one who began it */
    void rethrow() {
        if (doom != null) {
            throw doom;
        }
    }

    /** Returns why the transaction failed: what the server said first, else what was thrown. */
    Throwable reason(Throwable thrown) {
        return doom == null || thrown instanceof CommitOutcomeUnknown ? thrown : doom;
    }

    boolean isDoomed() {
        return doom != null;
    }

    /** Says that nobody may have the connection after this. */
    void spoil() {
        spoiled = true;
    }

    boolean isSpoiled() {
        return spoiled;
    }
}
