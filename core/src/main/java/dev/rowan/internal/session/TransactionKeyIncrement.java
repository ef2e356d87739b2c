package dev.rowan.internal.session;

import dev.rowan.error.TransientFailure;
import dev.rowan.internal.statement.KeyIncrement;

/**
 * The difference between consecutive generated keys ({@code auto_increment_increment}) in one transaction. It is
 * queried once, and again before the commit if a later insert relied on the first answer. Not thread-safe.
 */
final class TransactionKeyIncrement {

    private final TransactionConnection connection;

    /** 0 until it is known. */
    private long increment;

    private boolean isAssumed;

    TransactionKeyIncrement(TransactionConnection connection) {
        this.connection = connection;
    }

    /** Returns the difference between the keys of a multi-row insert. */
    long get() {
        if (increment == 0) {
            increment = connection.run(KeyIncrement.QUERY);
        } else {
            isAssumed = true;
        }
        return increment;
    }

    /** Checks that the keys were computed correctly. @throws TransientFailure if the increment has changed meanwhile */
    void requireUnchanged() {
        if (isAssumed && connection.run(KeyIncrement.QUERY) != increment) {
            throw new TransientFailure(
                    "auto_increment_increment changed while the transaction inserted rows, as in a cluster that grows"
                            + " or shrinks: generated keys may be wrong. Run the transaction again.",
                    TransientFailure.Kind.RENUMBERED,
                    null);
        }
    }
}
