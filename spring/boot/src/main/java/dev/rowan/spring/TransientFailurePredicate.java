package dev.rowan.spring;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Whether a method may be run again: its transaction has ended without a commit, and another may succeed. */
final class TransientFailurePredicate implements MethodRetryPredicate {

    @Override
    public boolean shouldRetry(Method method, Throwable failure) {
        return !TransactionSynchronizationManager.isActualTransactionActive()
                && (isRetryable(failure) || hasLostConnection(failure));
    }

    /** After a checked exception Spring commits, unless a rule says otherwise. */
    private static boolean isRetryable(Throwable failure) {
        return failure instanceof RuntimeException
                && known(failure) instanceof TransientFailure found
                && found.kind().isRetryable();
    }

    /**
     * Returns the outermost failure of Rowan's among the causes: it may have been translated. What it was caused by
     * says nothing of the transaction, which a later failure may have come after: an
     * {@link dev.rowan.error.AfterCommitFailure} comes after its commit.
     */
    private static @Nullable DatabaseException known(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException found) {
                return found;
            }
        }
        return null;
    }

    /** A rollback on a lost connection fails too, and Spring throws that in place of what the method threw. */
    private static boolean hasLostConnection(Throwable failure) {
        return failure instanceof TransactionSystemException rollback
                && rollback.getApplicationException() instanceof RuntimeException
                && known(rollback.getApplicationException()) instanceof TransientFailure lost
                && lost.kind() == Kind.CONNECTION_LOST;
    }
}
