package dev.rowan;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, in the hands of the body that it was given to, and of nobody else: it is bound to no thread, and it
 * ends with the body. Repositories join it by {@code users.in(session)}. Not thread-safe.
 *
 * <p>A statement that the database refuses (a duplicate, a lock not to be had in time) leaves the transaction open: the
 * body may catch it and go on. A deadlock or a lost connection ends the transaction on the server, and the session with
 * it: whatever the body does then, nothing of it is written, each further statement throws a
 * {@link dev.rowan.error.TransientFailure} that names the first failure, and the transaction fails.
 */
public final class Session {

    /**
     * What happens in a transaction. It may be run more than once, see {@link Database#transaction}.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /** Does the work; what it throws rolls the transaction back and reaches the caller as it is. */
        void run(Session session) throws X;
    }

    /**
     * What happens in a transaction, with a result. It may be run more than once, see {@link Database#transaction}.
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
     * Returns all of jOOQ within this transaction, with Rowan's errors; jOOQ's own {@code transaction} is a savepoint, as
     * {@link #nested} is. A statement that would end the transaction on the server (most DDL, COMMIT, LOCK TABLES) is
     * refused with an {@link IllegalStateException} before it runs.
     *
     * @throws IllegalStateException after the end of the transaction
     */
    public DSLContext dsl() {
        channel.check();
        return Dsl.over(channel);
    }

    /**
     * Runs a part of the transaction that is rolled back alone when it throws: the caller may catch that and go on. What
     * it wrote is committed with the rest, not before. Parts may have parts; inside, {@code session} is this one.
     *
     * @throws X what the body throws, as it is
     */
    public <X extends Exception> void nested(Body<X> body) throws X {
        channel.<Session, X>nested(inner -> {
            body.run(this);
            return this;
        });
    }

    /**
     * Runs a part of the transaction that is rolled back alone when it throws, and returns its result.
     *
     * @throws X what the body throws, as it is
     * @see #nested
     */
    public <T extends @Nullable Object, X extends Exception> T nestedResult(ResultBody<T, X> body) throws X {
        return channel.<T, X>nested(inner -> body.run(this));
    }

    /**
     * Has an action run once the transaction is committed: the place for what cannot be rolled back, such as a message to
     * another service. Actions run in the order they were given, each once, on the caller's thread, with the connection
     * given back; not after a rollback, and not if {@link #nested} that it was given in was rolled back. If the process
     * dies between, they do not run.
     *
     * <p>If one throws, the others still run, and the caller of the transaction gets a
     * {@link dev.rowan.error.AfterCommitFailure}.
     *
     * @throws IllegalStateException after the end of the transaction, and if it is one that was begun elsewhere (see
     *     {@link Database#over}), which has a way of its own
     */
    public void afterCommit(Runnable action) {
        channel.afterCommit(action);
    }

    Channel channel() {
        return channel;
    }
}
