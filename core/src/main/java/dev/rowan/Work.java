package dev.rowan;

import org.jspecify.annotations.Nullable;

/**
 * Statements that run together: in one transaction, or in a part of a session's.
 *
 * @param <T> the result
 * @param <X> what it may throw
 */
@FunctionalInterface
interface Work<T extends @Nullable Object, X extends Exception> {
    T run(Channel session) throws X;
}
