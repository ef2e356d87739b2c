package dev.rowan.internal.pool;

import dev.rowan.config.RetryPolicy;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.statement.StatementCounters;
import dev.rowan.internal.util.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Retries work that failed transiently, after a random wait (exponential backoff with full jitter). The clock, the
 * sleeper and the randomness are passed in. Thread-safe if they are.
 */
public record RetryLoop(LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random) {

    /**
     * The failures that must not be retried any more: mostly those that ended a call after several attempts. They guard
     * against multiplied retries: a call inside a transaction's body that is not bound to the session has attempts of
     * its own, and once they are used up the transaction must not repeat them all. Nothing but the failure itself
     * reaches the outer loop, so the failures are remembered here by identity. The set is static because the inner call
     * may belong to another database.
     */
    private static final Set<TransientFailure> FINAL =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    /** Lets time pass. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Returns a loop that uses the clock of this machine. */
    public static RetryLoop real() {
        return new RetryLoop(System::nanoTime, Thread::sleep, new Random());
    }

    /** Marks a failure as one that nothing retries, and returns it. */
    static TransientFailure madeFinal(TransientFailure failure) {
        FINAL.add(failure);
        return failure;
    }

    /** Returns whether nothing retries a failure, whatever its kind is. */
    @SuppressWarnings("SuspiciousMethodCalls") // another throwable is not in the set
    static boolean isFinal(Throwable failure) {
        return FINAL.contains(failure);
    }

    /** Returns the deadline of a call that begins now. */
    Deadline deadline(Optional<Duration> timeout) {
        return Deadline.of(timeout, nanoTime);
    }

    /** Returns the attempts of one call. */
    Attempts attempts(RetryPolicy policy, Deadline deadline, StatementCounters counters) {
        return new Attempts(policy, deadline, counters);
    }

    /**
     * Returns whether work that failed for this reason has certainly not been done, and may succeed at another attempt.
     */
    static boolean isRetryable(Throwable reason) {
        return reason instanceof TransientFailure failure && failure.kind().isRetryable();
    }

    /** The attempts of one call. Not thread-safe. */
    final class Attempts {

        private final RetryPolicy policy;
        private final Deadline deadline;
        private final StatementCounters counters;
        private final List<Throwable> failures = new ArrayList<>();
        private boolean isLast;

        private Attempts(RetryPolicy policy, Deadline deadline, StatementCounters counters) {
            this.policy = policy;
            this.deadline = deadline;
            this.counters = counters;
        }

        /** Runs work until it succeeds, or fails and must not be retried. */
        <T> T run(Supplier<T> work) {
            while (true) {
                try {
                    return work.get();
                } catch (RuntimeException failure) {
                    if (!awaitRetry(failure, failure)) {
                        throw failure;
                    }
                }
            }
        }

        /** Makes the current attempt the last: the work is part of a transaction that is retried as a whole. */
        void makeLast() {
            isLast = true;
        }

        /**
         * Waits and returns true if the work is to be retried. Otherwise adds the earlier failures to this one as
         * suppressed, and returns false: the caller throws the failure.
         *
         * @param failure what the attempt threw
         * @param reason why the attempt failed: usually the failure itself
         */
        boolean awaitRetry(Throwable failure, Throwable reason) {
            if (!isLast
                    && isRetryable(reason)
                    && !isFinal(reason)
                    && !isFinal(failure)
                    && failures.size() + 1 < policy.attempts()
                    && waited()) {
                failures.add(failure);
                counters.retried();
                return true;
            }
            for (var earlier : failures) {
                if (!earlier.equals(failure)) {
                    failure.addSuppressed(earlier);
                    rememberRetried(failure, earlier);
                }
            }
            return false;
        }

        private boolean waited() {
            var longest = longestWait();
            var wait = Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
            if (!deadline.allows(wait)) {
                return false;
            }
            try {
                sleeper.sleep(wait);
                return !deadline.isOver(); // a sleep may take longer
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private Duration longestWait() {
            var wait = policy.firstWait();
            for (int i = 0; i < failures.size() && wait.compareTo(policy.longestWait()) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(policy.longestWait()) < 0 ? wait : policy.longestWait();
        }

        /** Remembers the last failure if an earlier attempt failed for a reason of the same kind. */
        private static void rememberRetried(Throwable last, Throwable earlier) {
            if (last instanceof TransientFailure failure
                    && earlier instanceof TransientFailure before
                    && before.kind() == failure.kind()) {
                FINAL.add(failure);
            }
        }
    }
}
