package dev.rowan.internal.pool;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.util.Deadline.Work;
import org.jspecify.annotations.Nullable;

/**
 * Knows which threads have a transaction of a database open. A call that such a thread runs beside its transaction, on
 * another connection, may wait for a lock of the transaction. That wait is in vain, because the transaction goes on
 * only after the call. Thread-safe.
 */
final class OpenTransactions {

    private final ThreadLocal<Integer> open = ThreadLocal.withInitial(() -> 0);

    /** Returns whether the current thread has a transaction open. */
    boolean isOpen() {
        return open.get() > 0;
    }

    /** The current thread begins the body of a transaction. */
    void enter() {
        open.set(open.get() + 1);
    }

    /** The current thread ends the body that it began last. */
    void leave() {
        open.set(open.get() - 1);
    }

    /** Runs a transaction, whose failure may be due to another one that the current thread has open. */
    <T extends @Nullable Object, X extends Exception> T beside(Work<T, X> transaction) throws X {
        try {
            return transaction.run();
        } catch (DatabaseException failure) {
            throw explained(failure);
        }
    }

    /**
     * Returns the failure of a call, or, if it waited for a lock while the current thread has a transaction open, one
     * that says so, and that nothing retries.
     */
    DatabaseException explained(DatabaseException failure) {
        if (!isOpen()
                || !(failure instanceof TransientFailure waited)
                || waited.kind() != Kind.LOCK_TIMEOUT
                || RetryLoop.isFinal(waited)) {
            return failure;
        }
        return RetryLoop.madeFinal(new TransientFailure(
                waited.getMessage()
                        + " This thread has a transaction of its own open, which probably holds the lock until this"
                        + " call ends: bind the repository with in(session), or use session.dsl(). The call is not"
                        + " retried.",
                Kind.LOCK_TIMEOUT,
                waited.getCause()));
    }
}
