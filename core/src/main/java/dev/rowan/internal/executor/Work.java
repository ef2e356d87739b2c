package dev.rowan.internal.executor;

import org.jspecify.annotations.Nullable;

/**
 * Statements that run together: in one transaction, or in a part of a session's.
 *
 * @param <T> the result
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object, X extends Exception> {
    T run(Executor session) throws X;
}
