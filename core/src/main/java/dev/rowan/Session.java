package dev.rowan;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, in the hands of the body that it was given to, and of nobody else: it is bound to no thread, and it
 * ends with the body. Repositories join it by {@code users.in(session)}. Not thread-safe.
 */
public final class Session {

    /**
     * What happens in a transaction.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /** Does the work; what it throws rolls the transaction back and reaches the caller as it is. */
        void run(Session session) throws X;
    }

    /**
     * What happens in a transaction, with a result.
     *
     * @param <T> the result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface ResultBody<T extends @Nullable Object, X extends Exception> {
        /** Does the work; what it throws rolls the transaction back and reaches the caller as it is. */
        T run(Session session) throws X;
    }

    private final SessionChannel channel;

    Session(SessionChannel channel) {
        this.channel = channel;
    }

    /**
     * Returns all of jOOQ within this transaction, with Rowan's errors; jOOQ's own {@code transaction} is a savepoint.
     *
     * @throws IllegalStateException after the end of the transaction
     */
    public DSLContext dsl() {
        return Dsl.over(channel.connection(), channel.statements().configuration());
    }

    Channel channel() {
        return channel;
    }
}
