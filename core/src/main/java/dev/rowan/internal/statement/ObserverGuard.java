package dev.rowan.internal.statement;

import dev.rowan.error.DatabaseException;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.StatementOutcome;
import dev.rowan.observe.TransactionOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an observer throws: a statement that the server has executed must not look as if it had failed. */
record ObserverGuard(DatabaseObserver observer) implements DatabaseObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverGuard.class);

    @Override
    public @Nullable RunningStatement statement(ObservedStatement statement) {
        try {
            var running = observer.statement(statement);
            return running == null ? null : new GuardedStatement(running);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            log(e);
            return null;
        }
    }

    @Override
    public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
        try {
            var open = observer.transaction(transaction);
            return open == null ? null : new GuardedTransaction(open);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            log(e);
            return null;
        }
    }

    @Override
    public Runnable inContext(Runnable work) {
        try {
            return observer.inContext(work);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            log(e);
            return work;
        }
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            log(e);
        }
    }

    private static void log(Throwable e) {
        LOG.warn("The observer of statements and transactions failed; the statement or transaction goes on.", e);
    }

    private record GuardedStatement(RunningStatement statement) implements RunningStatement {

        @Override
        public void executed() {
            quietly(statement::executed);
        }

        @Override
        public void ended(StatementOutcome outcome) {
            quietly(() -> statement.ended(outcome));
        }
    }

    private record GuardedTransaction(OpenTransaction transaction) implements OpenTransaction {

        @Override
        public void retried(DatabaseException reason) {
            quietly(() -> transaction.retried(reason));
        }

        @Override
        public void ended(TransactionOutcome outcome, @Nullable Throwable failure) {
            quietly(() -> transaction.ended(outcome, failure));
        }
    }
}
