package dev.rowan.internal.pool;

import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.pool.QueuedCall.State;
import dev.rowan.internal.statement.SqlCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a statement, oldest first, and the timer that wakes callers who have waited too long.
 * Lock-free and thread-safe.
 */
final class MergeQueue<T> {

    private final ConcurrentLinkedQueue<QueuedCall<T>> calls = new ConcurrentLinkedQueue<>();

    /** How many calls are in state QUEUED. {@link ConcurrentLinkedQueue#size()} would walk through the queue. */
    private final AtomicInteger size = new AtomicInteger();

    private final long patience;

    /** Whether the timer runs: one timer for the queue, not one for each call. */
    private final AtomicBoolean timerRuns = new AtomicBoolean();

    /** @param patience how long each call waits, in nanoseconds, before its caller is woken to withdraw it */
    MergeQueue(long patience) {
        this.patience = patience;
    }

    /** Returns how many calls wait. */
    int size() {
        return size.get();
    }

    /**
     * Queues a call of the current thread.
     *
     * @param executor runs the call alone if no statement takes it
     */
    QueuedCall<T> add(SqlCommand<T> command, MergeExecutor executor) {
        var call = new QueuedCall<>(command, executor, patience);
        calls.add(call);
        size.incrementAndGet();
        return call;
    }

    /** Takes the oldest waiting call out of the queue and gives it a new state; null if no call waits. */
    @Nullable QueuedCall<T> poll(State next) {
        for (var call = calls.poll(); call != null; call = calls.poll()) {
            if (leave(call, next)) {
                return call;
            }
        }
        return null;
    }

    /** Takes a call out of the queue for its caller, and returns whether it still waited. */
    boolean withdraw(QueuedCall<T> call) {
        var withdrawn = leave(call, State.WITHDRAWN);
        if (withdrawn) {
            calls.remove(call);
        }
        return withdrawn;
    }

    private boolean leave(QueuedCall<T> call, State next) {
        var left = call.leaveQueue(next);
        if (left) {
            size.decrementAndGet();
        }
        return left;
    }

    /** Starts the timer unless it runs. */
    void startTimer() {
        if (!timerRuns.get() && timerRuns.compareAndSet(false, true)) {
            wakeOverdueAfter(patience);
        }
    }

    private void wakeOverdueAfter(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(this::wakeOverdue);
    }

    /** Wakes the callers who have waited long enough. */
    private void wakeOverdue() {
        for (var call : calls) {
            var left = call.patienceLeft();
            if (left > 0) {
                wakeOverdueAfter(left);
                return;
            }
            call.unpark();
        }
        timerRuns.set(false);
        if (size.get() > 0) {
            // a call that was added meanwhile relied on this run of the timer
            startTimer();
        }
    }
}
