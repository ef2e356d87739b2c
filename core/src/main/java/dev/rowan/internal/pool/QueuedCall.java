package dev.rowan.internal.pool;

import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.statement.SqlCommand;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call in a {@link MergeQueue}: its caller's thread, its state, and its outcome.
 *
 * <p>The state is thread-safe: several threads may try to take the call out of the queue, and exactly one succeeds. The
 * outcome is written by the thread that runs the statement; {@link #complete()} publishes it to the caller.
 */
final class QueuedCall<T> implements MergedCall<T> {

    /** Where the call is on its way from the queue to its outcome. */
    enum State {
        /** It is in the queue. */
        QUEUED,
        /** It left the queue to lead a statement, which its caller's thread has yet to start. */
        LEADING,
        /** It is part of a statement in flight. */
        IN_FLIGHT,
        /** Its outcome is known. */
        DONE,
        /** Its caller took it out of the queue. */
        WITHDRAWN
    }

    private final SqlCommand<T> call;
    private final MergeExecutor executor;
    private final Thread thread = Thread.currentThread();
    private final long deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private @Nullable Supplier<T> outcome;

    /** @param patience how long the current thread waits in the queue, in nanoseconds */
    QueuedCall(SqlCommand<T> call, MergeExecutor executor, long patience) {
        this.call = call;
        this.executor = executor;
        this.deadline = System.nanoTime() + patience;
    }

    @Override
    public SqlCommand<T> call() {
        return call;
    }

    @Override
    public void answer(T answer) {
        outcome = () -> answer;
    }

    @Override
    public void leaveOut() {
        outcome = () -> executor.run(call);
    }

    void fail(RuntimeException failure) {
        outcome = () -> {
            throw failure;
        };
    }

    boolean hasOutcome() {
        return outcome != null;
    }

    boolean isQueued() {
        return state.get() == State.QUEUED;
    }

    boolean isLeading() {
        return state.get() == State.LEADING;
    }

    boolean isInterrupted() {
        return thread.isInterrupted();
    }

    /** Returns how long its caller still waits in the queue, in nanoseconds; zero or less when it should withdraw. */
    long patienceLeft() {
        return deadline - System.nanoTime();
    }

    /**
     * Changes the state of a queued call, and returns whether this thread did so: of several threads, exactly one does.
     */
    boolean leaveQueue(State next) {
        return state.compareAndSet(State.QUEUED, next);
    }

    /** Notes that its caller's thread starts the statement that the call leads. */
    void start() {
        state.set(State.IN_FLIGHT);
    }

    /** Parks the caller's thread until it is woken. It may return early, so the caller checks the state again. */
    void park() {
        LockSupport.park(this);
    }

    /** Wakes the caller's thread. */
    void unpark() {
        LockSupport.unpark(thread);
    }

    /** Publishes the outcome and wakes the caller. */
    void complete() {
        state.set(State.DONE);
        if (!Thread.currentThread().equals(thread)) {
            unpark();
        }
    }

    /**
     * Waits for the outcome, returns the answer or throws the failure. A call that the statement left without an
     * outcome runs alone. An interrupt does not end the wait, as the statement is in flight: it is kept for the caller.
     */
    T awaitOutcome() {
        var interrupted = false;
        while (state.get() != State.DONE) {
            park();
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            thread.interrupt();
        }
        return outcome == null ? executor.run(call) : outcome.get();
    }
}
