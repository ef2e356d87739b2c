package dev.rowan.internal.session;

import dev.rowan.error.TransientFailure;
import dev.rowan.internal.statement.KeyIncrement;

/** By how much generated keys differ in one transaction: asked once, and again at the commit if that was relied on. */
final class TransactionKeyIncrement {

    private final TransactionConnection connection;

    /** 0 until it is asked. */
    private long step;

    private boolean isAssumed;

    TransactionKeyIncrement(TransactionConnection connection) {
        this.connection = connection;
    }

    /** Returns by how much the keys of a multi-row insert differ. */
    long get() {
        if (step == 0) {
            step = connection.run(KeyIncrement.QUERY);
        } else {
            isAssumed = true;
        }
        return step;
    }

    /** @throws TransientFailure if the keys of later inserts were counted by a step that has changed since */
    void requireUnchanged() {
        if (isAssumed && connection.run(KeyIncrement.QUERY) != step) {
            throw new TransientFailure(
                    "While the transaction inserted rows, the server came to number them in other steps, as a cluster"
                            + " does that grows or shrinks: keys may be wrong. Run the transaction again.",
                    TransientFailure.Kind.RENUMBERED,
                    null);
        }
    }
}
