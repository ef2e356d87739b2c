package dev.rowan.internal.pool;

import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.MergedCall;
import dev.rowan.internal.statement.SqlCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Merges the calls of one kind that wait at the same moment. The first is run at once, in its own thread; those that come
 * while enough are under way queue up, and whoever is done has the oldest of them lead: it runs all that wait by then as
 * one statement, and so on. No call waits for company, and none for a thread that is not a caller's. Thread-safe.
 */
final class CallMerger<T> {

    /** More find their way to the pool alone. */
    private static final int MOST_WAITING = 1_024;

    private enum State {
        QUEUED,
        LEADING,
        /** Its statement is under way. */
        TAKEN,
        DONE,
        /** Left the queue. */
        GONE
    }

    private final Mergeable<T> kind;
    private final MergeExecutor executor;
    private final int slots;
    private final long patience;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();

    /** Who leads, and has not yet taken others along: so long, all that wait are meant to come along. */
    private final AtomicInteger settingOut = new AtomicInteger();

    /** The calls under way that are not the first of their statement. */
    private final AtomicInteger others = new AtomicInteger();

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();

    /** Whether there will be a look at those that wait: one timer for all, not one for each. */
    private final AtomicBoolean execution = new AtomicBoolean();

    /**
     * @param slots how many statements may be under way at once
     * @param patience how long a call waits for others, in nanoseconds, before it goes to the pool alone
     */
    CallMerger(Mergeable<T> kind, MergeExecutor executor, int slots, long patience) {
        this.kind = kind;
        this.executor = executor;
        this.slots = slots;
        this.patience = patience;
    }

    /** Returns how many calls wait. */
    int waiting() {
        return queued.get();
    }

    T run(SqlCommand<T> call) {
        if (enters()) {
            return alone(call);
        }
        return queued.get() < MOST_WAITING ? new Waiting(kind.prepared(call)).await() : executor.run(call);
    }

    private T alone(SqlCommand<T> call) {
        try {
            return executor.run(call);
        } finally {
            leave();
        }
    }

    private boolean enters() {
        int running = underWay.get();
        return queued.get() == 0 && allows(running, 1) && underWay.compareAndSet(running, running + 1);
    }

    private void leave() {
        underWay.decrementAndGet();
        promote();
    }

    /** While some are under way, another sets out only with a good part of all calls: few large statements, not many small. */
    private boolean allows(int running, int waiting) {
        if (running == 0) {
            return true;
        }
        return running < slots && settingOut.get() == 0 && 3 * waiting >= waiting + running + others.get();
    }

    /** Has the oldest that waits lead, if another statement may set out. Asked after each change of what that depends on. */
    private void promote() {
        while (queued.get() > 0) {
            int running = underWay.get();
            if (!allows(running, queued.get())) {
                return;
            }
            if (!underWay.compareAndSet(running, running + 1)) {
                continue;
            }
            settingOut.incrementAndGet();
            var next = poll(State.LEADING);
            if (next != null) {
                LockSupport.unpark(next.thread);
                return;
            }
            settingOut.decrementAndGet(); // others have taken them
            underWay.decrementAndGet();
        }
    }

    private void monitor() {
        if (!execution.get() && execution.compareAndSet(false, true)) {
            lookIn(patience);
        }
    }

    private void lookIn(long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(this::look);
    }

    /** Wakes those that have waited long enough. */
    private void look() {
        for (var waiting : queue) {
            var left = waiting.left();
            if (left > 0) {
                lookIn(left);
                return;
            }
            LockSupport.unpark(waiting.thread);
        }
        execution.set(false);
        if (queued.get() > 0) {
            // who came meanwhile relied on this look
            monitor();
        }
    }

    private @Nullable Waiting poll(State to) {
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (next.moves(to)) {
                return next;
            }
        }
        return null;
    }

    /** A call, and its caller who waits for it. */
    final class Waiting implements MergedCall<T> {

        private final SqlCommand<T> call;
        private final Thread thread = Thread.currentThread();
        private final long end = System.nanoTime() + patience;
        private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
        private @Nullable Supplier<T> outcome;

        private Waiting(SqlCommand<T> call) {
            this.call = call;
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

        private void fail(RuntimeException failure) {
            outcome = () -> {
                throw failure;
            };
        }

        private T await() {
            queue.add(this);
            queued.incrementAndGet();
            promote();
            monitor();
            var interrupted = false;
            for (var now = state.get(); now != State.DONE; now = state.get()) {
                if (now == State.QUEUED) {
                    if (thread.isInterrupted() && leaves()) {
                        throw ConnectionSource.interrupted(null);
                    }
                    if (left() <= 0 && leaves()) {
                        return executor.run(call);
                    }
                    LockSupport.park(this);
                } else if (now == State.LEADING) {
                    if (queued.get() > 0) {
                        lead();
                    } else {
                        settingOut.decrementAndGet();
                        return alone(call);
                    }
                } else { // the answer is waited for as if the statement were run here
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                thread.interrupt();
            }
            return outcome == null ? executor.run(call) : outcome.get();
        }

        private long left() {
            return end - System.nanoTime();
        }

        private boolean leaves() {
            var leaves = moves(State.GONE);
            if (leaves) {
                queue.remove(this);
            }
            return leaves;
        }

        /** Leaves the queue for another state: one, however many want to move it. */
        private boolean moves(State to) {
            var moved = state.compareAndSet(State.QUEUED, to);
            if (moved) {
                queued.decrementAndGet();
            }
            return moved;
        }

        private void lead() {
            var batch = new Batch(this);
            state.set(State.TAKEN);
            // an interrupt cuts the connection under a virtual thread, and what others wrote would be in doubt with it
            if (!kind.statementKind().reads() && thread.isVirtual()) {
                Thread.startVirtualThread(batch);
            } else {
                batch.run();
            }
        }

        private void end() {
            state.set(State.DONE);
            if (!Thread.currentThread().equals(thread)) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** What is run as one statement. */
    private final class Batch implements Runnable, Supplier<List<MergedCall<T>>> {

        private final List<Waiting> calls = new ArrayList<>();
        private boolean taken;

        Batch(Waiting leader) {
            calls.add(leader);
        }

        /** Takes in who waits by now. */
        @Override
        public List<MergedCall<T>> get() {
            taken = true;
            var some = kind.batchSize(1 + queued.get());
            for (var next = poll(some); next != null; next = poll(some)) {
                calls.add(next);
            }
            others.addAndGet(calls.size() - 1);
            settingOut.decrementAndGet();
            promote();
            return List.copyOf(calls);
        }

        private @Nullable Waiting poll(int some) {
            return calls.size() < some ? CallMerger.this.poll(State.TAKEN) : null;
        }

        @Override
        public void run() {
            try {
                kind.run(executor, this);
            } catch (Throwable failure) {
                failed(failure);
                if (failure instanceof Error error) {
                    throw error;
                }
            } finally {
                if (!taken) {
                    settingOut.decrementAndGet();
                }
                others.addAndGet(1 - calls.size());
                leave();
                calls.forEach(Waiting::end);
            }
        }

        /** A write that may have been done is not done again; else each call finds out alone whose fault it was. */
        private void failed(Throwable failure) {
            if (!taken && failure instanceof RuntimeException e && !RetryLoop.isPassing(e)) {
                calls.getFirst().fail(e);
            }
            if (taken && !kind.statementKind().isRepeatable() && isInDoubt(failure)) {
                for (var call : calls) {
                    if (call.outcome == null) {
                        call.fail(DatabaseExecutor.unknownOutcome(failure));
                    }
                }
            }
        }

        private static boolean isInDoubt(Throwable failure) {
            return failure instanceof CommitOutcomeUnknown || !(failure instanceof DatabaseException);
        }
    }
}
