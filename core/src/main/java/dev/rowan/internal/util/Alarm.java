package dev.rowan.internal.util;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Runs a check at the latest by the times that it is asked for. One timer covers many waits: while the next check comes
 * early enough, nothing is scheduled for another wait. Thread-safe.
 */
public final class Alarm {

    /** Not a time: no check is needed. */
    public static final long NEVER = Long.MAX_VALUE;

    private final AtomicLong next = new AtomicLong(NEVER);
    private final LongSupplier check;
    private final Executor executor;

    /**
     * Creates an alarm.
     *
     * @param check does what is due, and returns when the next check is needed, or {@link #NEVER}
     * @param executor runs the check
     */
    public Alarm(LongSupplier check, Executor executor) {
        this.check = check;
        this.executor = executor;
    }

    /** Makes the check run at a time of {@link System#nanoTime}, or before. */
    public void by(long time) {
        var planned = next.get();
        while (planned == NEVER || time - planned < 0) {
            if (next.compareAndSet(planned, time)) {
                schedule(time);
                return;
            }
            planned = next.get();
        }
    }

    private void schedule(long time) {
        var delay = Math.max(1, time - System.nanoTime());
        CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS, executor).execute(() -> run(time));
    }

    private void run(long time) {
        // otherwise an earlier check was scheduled meanwhile
        if (next.compareAndSet(time, NEVER)) {
            var following = check.getAsLong();
            if (following != NEVER) {
                by(following);
            }
        }
    }
}
