package dev.rowan.internal.pool;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.failure.ConnectExceptionTranslator;
import dev.rowan.internal.failure.UnknownOutcome;
import dev.rowan.internal.pool.QueuedCall.State;
import dev.rowan.internal.statement.SqlCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces concurrent calls of the same kind into one statement (leader and followers). A call runs immediately on its
 * own thread if no call waits and {@link MergePolicy} allows a statement; otherwise it is queued. When a statement
 * finishes, the oldest queued caller becomes the leader and runs the whole queue as one statement, on its own thread.
 * There is no linger time and no background thread but a timer, which wakes callers that have queued for too long; they
 * leave the queue and run alone. Thread-safe.
 */
final class CallMerger<T> {

    /** How many calls may wait. Further ones run alone, and wait for a connection of the pool. */
    private static final int LONGEST_QUEUE = 1_024;

    private final Mergeable<T> mergeable;
    private final MergeExecutor executor;
    private final MergePolicy policy;
    private final MergeQueue<T> queue;

    /** The statements in flight, and those whose leader is about to run them. */
    private final AtomicInteger statements = new AtomicInteger();

    /**
     * The leaders that have not yet collected the calls of their statement: while there is one, the queue is theirs.
     */
    private final AtomicInteger collecting = new AtomicInteger();

    /** The calls in flight that are not the leader of their statement. */
    private final AtomicInteger followers = new AtomicInteger();

    /**
     * @param slots how many statements may be in flight at the same time
     * @param patience how long a call waits in the queue, in nanoseconds, before it runs alone
     */
    CallMerger(Mergeable<T> mergeable, MergeExecutor executor, int slots, long patience) {
        this.mergeable = mergeable;
        this.executor = executor;
        this.policy = new MergePolicy(slots);
        this.queue = new MergeQueue<>(patience);
    }

    /** Returns how many calls wait. */
    int waiting() {
        return queue.size();
    }

    /** Returns whether no call waits or runs. */
    boolean isIdle() {
        return statements.get() == 0 && queue.size() == 0;
    }

    T run(SqlCommand<T> call) {
        if (startsAtOnce()) {
            return runAlone(call);
        }
        return queue.size() < LONGEST_QUEUE ? runQueued(mergeable.prepared(call)) : executor.run(call);
    }

    /** Takes a slot for a call that need not be queued. A lost race against another call queues it. */
    private boolean startsAtOnce() {
        int running = statements.get();
        return queue.size() == 0 && allowsStart(1, running) && statements.compareAndSet(running, running + 1);
    }

    private boolean allowsStart(int waiting, int running) {
        return policy.allowsStart(waiting, running, collecting.get(), followers.get());
    }

    private T runAlone(SqlCommand<T> call) {
        try {
            return executor.run(call);
        } finally {
            freeSlot();
        }
    }

    private void freeSlot() {
        statements.decrementAndGet();
        promote();
    }

    /**
     * Makes the oldest waiting call the leader of a statement, if one more may start. To be called after each change of
     * what {@link MergePolicy} decides by: otherwise the queue may stand still.
     */
    private void promote() {
        while (queue.size() > 0) {
            int running = statements.get();
            if (!allowsStart(queue.size(), running)) {
                return;
            }
            if (!statements.compareAndSet(running, running + 1)) {
                continue;
            }
            collecting.incrementAndGet();
            var leader = queue.poll(State.LEADING);
            if (leader != null) {
                leader.unpark();
                return;
            }
            collecting.decrementAndGet(); // other leaders have collected the queue meanwhile
            statements.decrementAndGet();
        }
    }

    private T runQueued(SqlCommand<T> call) {
        var queued = queue.add(call, executor);
        promote();
        queue.startTimer();
        while (queued.isQueued()) {
            if (queued.isInterrupted() && queue.withdraw(queued)) {
                throw ConnectExceptionTranslator.interrupted(null);
            }
            if (queued.patienceLeft() <= 0 && queue.withdraw(queued)) {
                return executor.run(call);
            }
            queued.park();
        }
        if (queued.isLeading()) {
            if (queue.size() == 0) {
                collecting.decrementAndGet();
                return runAlone(call);
            }
            lead(queued);
        }
        return queued.awaitOutcome();
    }

    private void lead(QueuedCall<T> leader) {
        var batch = new Batch(leader);
        leader.start();
        // an interrupt closes the connection under a virtual thread: the writes of the followers would be in doubt too
        if (!mergeable.statementKind().reads() && Thread.currentThread().isVirtual()) {
            Thread.startVirtualThread(executor.statements().monitor().inContext(batch));
        } else {
            batch.run();
        }
    }

    /** The calls of one statement: its leader, and the followers that it collects once it has a connection. */
    private final class Batch implements Runnable, Supplier<List<MergedCall<T>>> {

        private final List<QueuedCall<T>> calls = new ArrayList<>();
        private boolean isCollected;

        Batch(QueuedCall<T> leader) {
            calls.add(leader);
        }

        /** Collects the calls that wait now. */
        @Override
        public List<MergedCall<T>> get() {
            isCollected = true;
            var size = mergeable.batchSize(1 + queue.size());
            for (var next = pollUpTo(size); next != null; next = pollUpTo(size)) {
                calls.add(next);
            }
            followers.addAndGet(calls.size() - 1);
            collecting.decrementAndGet();
            promote();
            return List.copyOf(calls);
        }

        private @Nullable QueuedCall<T> pollUpTo(int size) {
            return calls.size() < size ? queue.poll(State.IN_FLIGHT) : null;
        }

        @Override
        public void run() {
            try {
                mergeable.run(executor, this);
                if (calls.size() > 1) {
                    executor.statements().counters().merged(calls.size());
                }
            } catch (Throwable failure) {
                assign(failure);
                if (failure instanceof Error error) {
                    throw error;
                }
            } finally {
                if (!isCollected) {
                    collecting.decrementAndGet();
                }
                followers.addAndGet(1 - calls.size());
                freeSlot();
                calls.forEach(QueuedCall::complete);
            }
        }

        /**
         * Gives the failure to the calls that must not run again: the leader alone if there was no connection, and all
         * calls if their writes may have been applied. Each of the others runs alone and gets its own outcome.
         */
        private void assign(Throwable failure) {
            if (!isCollected && failure instanceof RuntimeException e && !RetryLoop.isRetryable(e)) {
                calls.getFirst().fail(e);
            }
            if (isCollected && !mergeable.statementKind().isRepeatable() && isInDoubt(failure)) {
                for (var call : calls) {
                    if (!call.hasOutcome()) {
                        call.fail(UnknownOutcome.ofWrite(failure));
                    }
                }
            }
        }

        private static boolean isInDoubt(Throwable failure) {
            return failure instanceof CommitOutcomeUnknown || !(failure instanceof DatabaseException);
        }
    }
}
