package dev.rowan.internal.pool;

import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.statement.StatementMonitor;
import dev.rowan.observe.DatabaseObserver.OpenTransaction;
import dev.rowan.observe.TransactionOutcome;
import org.jspecify.annotations.Nullable;

/** Tells the observer of one transaction with all its attempts, if Rowan begins it. Not thread-safe. */
final class TransactionObservation {

    private final StatementMonitor monitor;
    private final TransactionOptions options;
    private final boolean readOnly;

    /** Null before the first attempt, after the end, and if nobody observes. */
    private @Nullable OpenTransaction open;

    TransactionObservation(StatementMonitor monitor, TransactionOptions options, boolean readOnly) {
        this.monitor = monitor;
        this.options = options;
        this.readOnly = readOnly;
    }

    /** An attempt is about to begin. Whoever began a joined transaction observes it. */
    void begins(SessionExecutor session) {
        if (open == null && !session.isJoined()) {
            open = monitor.startTransaction(options.name(), readOnly);
        }
    }

    void retried(Throwable reason) {
        if (open != null && reason instanceof DatabaseException failure) {
            open.retried(failure);
        }
    }

    void committed() {
        end(TransactionOutcome.COMMITTED, null);
    }

    /** Ends the observation of a transaction that is not committed. */
    void failed(Throwable failure) {
        end(
                failure instanceof CommitOutcomeUnknown ? TransactionOutcome.UNKNOWN : TransactionOutcome.ROLLED_BACK,
                failure);
    }

    private void end(TransactionOutcome outcome, @Nullable Throwable failure) {
        if (open != null) {
            var ended = open;
            open = null;
            ended.ended(outcome, failure);
        }
    }
}
