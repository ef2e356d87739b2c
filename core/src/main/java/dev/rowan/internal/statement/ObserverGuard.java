package dev.rowan.internal.statement;

import dev.rowan.error.DatabaseException;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.observe.StatementOutcome;
import dev.rowan.observe.TransactionOutcome;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what an observer throws: a statement that the server has executed must not look as if it had failed. An observer
 * may be written in a language without checked exceptions, and throw them too.
 */
record ObserverGuard(DatabaseObserver observer) implements DatabaseObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverGuard.class);

    @Override
    public @Nullable RunningStatement statement(ObservedStatement statement) {
        try {
            var running = observer.statement(statement);
            return running == null ? null : new GuardedStatement(running);
        } catch (Throwable e) {
            log(e);
            return null;
        }
    }

    @Override
    public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
        try {
            var open = observer.transaction(transaction);
            return open == null ? null : new GuardedTransaction(open);
        } catch (Throwable e) {
            log(e);
            return null;
        }
    }

    @Override
    public Runnable inContext(Runnable work) {
        var guarded = new GuardedWork(work);
        try {
            var inContext = Objects.requireNonNullElse(observer.inContext(guarded), guarded);
            return () -> {
                try {
                    quietly(inContext);
                } finally {
                    guarded.run();
                }
                guarded.await();
            };
        } catch (Throwable e) {
            warn(e);
            return work; // callers wait for it
        }
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            log(e);
        }
    }

    /** Logs what an observer threw; an error of the JVM goes on. */
    private static void log(Throwable e) {
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
        warn(e);
    }

    private static void warn(Throwable e) {
        LOG.warn("The observer of statements and transactions failed; the statement or transaction goes on.", e);
    }

    /** Work that is run once, whether or not the observer runs it, and on whichever thread. */
    private static final class GuardedWork implements Runnable {

        private final Runnable work;
        private final AtomicBoolean hasBegun = new AtomicBoolean();
        private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

        GuardedWork(Runnable work) {
            this.work = work;
        }

        /** Keeps a failure from the observer, which would take it for one of its own. */
        @Override
        public void run() {
            if (!hasBegun.compareAndSet(false, true)) {
                return;
            }
            try {
                work.run();
                end.complete(null);
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        }

        /** Waits for the end of the work, which another thread may run, and throws what it threw. */
        void await() {
            try {
                end.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
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
