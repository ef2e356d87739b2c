package dev.rowan.internal.statement;

import org.jspecify.annotations.Nullable;

/**
 * A caller's function on rows, or on one large value, that are read from the server while it runs.
 *
 * @param <S> the stream
 * @param <T> the result
 * @param <X> the checked exception
 */
@FunctionalInterface
public interface StreamFunction<S, T extends @Nullable Object, X extends Exception> {
    T read(S content) throws X;
}
