package dev.rowan.internal.pool;

import dev.rowan.config.RetryPolicy;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.session.Deadline;
import dev.rowan.internal.statement.StatementCounters;
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

/** Time and chance, by which what failed in passing is run again. Thread-safe if they are. */
public record RetryLoop(LongSupplier nanoTime, Sleeper sleeper, RandomGenerator random) {

    /**
     * The failures that were the last of several attempts. A call within a transaction, but beside its session, has
     * attempts of its own: where it used them up, the transaction is not run again on top, which would multiply them.
     * The failure itself has to tell this, as nothing else reaches the outer attempts; it is of the whole process, since
     * the inner call may be of another database.
     */
    private static final Set<TransientFailure> AFTER_RETRIES =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    /** Lets time pass. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Returns retries by this machine's clock. */
    public static RetryLoop real() {
        return new RetryLoop(System::nanoTime, Thread::sleep, new Random());
    }

    /** Returns the deadline of a call that begins now. */
    Deadline deadline(Optional<Duration> timeout) {
        return new Deadline(timeout, nanoTime);
    }

    /** Returns the attempts of one call. */
    Attempts attempts(RetryPolicy policy, Deadline deadline, StatementCounters counters) {
        return new Attempts(policy, deadline, counters);
    }

    /** The attempts of one call. Not thread-safe. */
    final class Attempts {

        private final RetryPolicy policy;
        private final Deadline deadline;
        private final StatementCounters counters;
        private final List<Throwable> failures = new ArrayList<>();
        private boolean ended;

        private Attempts(RetryPolicy policy, Deadline deadline, StatementCounters counters) {
            this.policy = policy;
            this.deadline = deadline;
            this.counters = counters;
        }

        /** Runs work until it goes well, or fails in a way that it is not to be run again. */
        <T> T run(Supplier<T> work) {
            while (true) {
                try {
                    return work.get();
                } catch (RuntimeException failure) {
                    if (!again(failure, failure)) {
                        throw failure;
                    }
                }
            }
        }

        /** Makes this attempt the last: the work is a part of something larger, to be run again as a whole. */
        void end() {
            ended = true;
        }

        /**
         * Says, after a wait, that the work is to be run again; or that it is not, with the earlier failures suppressed
         * in this one, for the caller to throw.
         *
         * @param failure what the attempt threw
         * @param reason why the attempt failed: mostly the same
         */
        boolean again(Throwable failure, Throwable reason) {
            if (!ended
                    && isPassing(reason)
                    && !AFTER_RETRIES.contains(reason)
                    && failures.size() + 1 < policy.attempts()
                    && waited()) {
                failures.add(failure);
                counters.retried();
                return true;
            }
            for (var earlier : failures) {
                if (!earlier.equals(failure)) {
                    failure.addSuppressed(earlier);
                    noteRetried(failure, earlier);
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
                return true;
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
    }

    /** Remembers the last failure if an earlier attempt failed in the same way. */
    private static void noteRetried(Throwable last, Throwable earlier) {
        if (last instanceof TransientFailure failure
                && earlier instanceof TransientFailure before
                && before.kind() == failure.kind()) {
            AFTER_RETRIES.add(failure);
        }
    }

    /** Says whether the same work may go well when it is run again, and was certainly not done. */
    static boolean isPassing(Throwable reason) {
        return reason instanceof TransientFailure failure
                && switch (failure.kind()) {
                    case DEADLOCK, LOCK_TIMEOUT, CONNECTION_LOST, TOO_MANY_CONNECTIONS, READ_ONLY_SERVER, RENUMBERED ->
                        true;
                    // these have waited long enough already, or somebody meant them
                    case UNREACHABLE, POOL_EXHAUSTED, INTERRUPTED -> false;
                };
    }
}
