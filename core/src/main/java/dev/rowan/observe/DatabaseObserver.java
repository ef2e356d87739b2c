package dev.rowan.observe;

import dev.rowan.error.DatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * Observes each statement, and each transaction that Rowan begins, for traces and metrics. The module
 * {@code rowan-micrometer} has an observer for Micrometer.
 *
 * <p>An observer is told of the statements of repositories and of {@code dsl()}, and of those that begin and end
 * transactions and savepoints. It is not told of the pool's own statements, of those that a user runs on the JDBC
 * connection, and of transactions that Rowan joins: the code that has begun such a transaction knows of it.
 *
 * <p>Implementations are thread-safe. All methods are called on the thread that makes the call, unless they say
 * otherwise, and what they throw is logged and changes nothing.
 *
 * @see dev.rowan.config.DatabaseOptions#withObserver
 */
public interface DatabaseObserver {

    /**
     * Begins to observe a statement, which has its connection and is about to be prepared. Merged calls run on the
     * thread of one of the callers, or on one that takes its place, see {@link #inContext}.
     *
     * @return what is told of its end, or null to be told nothing more
     */
    @Nullable RunningStatement statement(ObservedStatement statement);

    /**
     * Begins to observe a transaction, which has its connection and is about to begin on the server.
     *
     * @return what is told of its retries and its end, or null to be told nothing more
     */
    @Nullable OpenTransaction transaction(ObservedTransaction transaction);

    /**
     * Returns work that another thread will run in place of the current one, with what is bound to the current thread,
     * such as its span. Writes of virtual threads are merged so.
     *
     * @return the work itself if nothing is bound
     */
    Runnable inContext(Runnable work);

    /** The observation of a statement. Each method is called once, in this order. */
    interface RunningStatement {

        /**
         * The statement has been executed, or has failed. Its rows may still be read: with a cursor of jOOQ, while
         * other statements run.
         */
        void executed();

        /** The statement has ended. With a cursor of jOOQ, this is called on the thread that closes it. */
        void ended(StatementOutcome outcome);
    }

    /** The observation of a transaction with all its attempts. */
    interface OpenTransaction {

        /** An attempt was rolled back, and the next one begins. */
        void retried(DatabaseException reason);

        /**
         * The transaction has ended. Its actions after the commit have not run yet.
         *
         * @param failure what the transaction throws, which may be an exception of its body; null if it is committed
         */
        void ended(TransactionOutcome outcome, @Nullable Throwable failure);
    }
}
