package dev.rowan.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Many calls by virtual threads, each of which takes the next call when it has done one, so that all end together.
 *
 * @param calls how many were made
 * @param sum of what they returned
 */
record Volley(int calls, long sum) {

    /**
     * Calls with 0, 1, 2 and so on.
     *
     * @param calls how many calls are made, at least
     * @param time how long calls are made, at least
     */
    static Volley of(int threads, int calls, Duration time, IntUnaryOperator call) {
        long end = System.nanoTime() + time.toNanos();
        var next = new AtomicInteger();
        var sums = new ArrayList<Future<Long>>();
        long sum = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                sums.add(executor.submit(() -> {
                    long own = 0;
                    for (int number; (number = next.getAndIncrement()) < calls || System.nanoTime() - end < 0; ) {
                        own += call.applyAsInt(number);
                    }
                    return own;
                }));
            }
            for (var each : sums) {
                sum += each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Volley(next.get() - threads, sum); // each asked once more than it called
    }

    /** Returns the call, made by as many at a time as the gate lets in. */
    static IntUnaryOperator behind(Semaphore gate, IntUnaryOperator call) {
        return number -> {
            gate.acquireUninterruptibly();
            try {
                return call.applyAsInt(number);
            } finally {
                gate.release();
            }
        };
    }
}
