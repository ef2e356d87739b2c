package dev.rowan.spring;

import dev.rowan.error.TransientFailure;
import java.lang.reflect.Method;
import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Whether a method may be run again: its transaction has ended, and another may succeed. */
final class TransientFailurePredicate implements MethodRetryPredicate {

    @Override
    public boolean shouldRetry(Method method, Throwable failure) {
        return !TransactionSynchronizationManager.isActualTransactionActive() && isRetryable(failure);
    }

    /** Looks for the failure among the causes too: it may have been translated. */
    private static boolean isRetryable(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientFailure found) {
                return found.kind().isRetryable();
            }
        }
        return false;
    }
}
