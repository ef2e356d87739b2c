package dev.rowan.internal.executor;

import org.jspecify.annotations.Nullable;

/**
 * A function that runs several statements in one transaction, or in a part of a session's transaction.
 *
 * @param <T> the result
 * @param <X> the checked exception that it may throw
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object, X extends Exception> {
    /** Runs the statements on an executor that is bound to the transaction. */
    T run(Executor session) throws X;
}
