package dev.rowan.internal.statement;

import org.jspecify.annotations.Nullable;

/**
 * What a caller does with rows, or with one large value, while they are read from the server.
 *
 * @param <S> what it reads
 * @param <T> the result
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface StreamFunction<S, T extends @Nullable Object, X extends Exception> {
    T read(S content) throws X;
}
