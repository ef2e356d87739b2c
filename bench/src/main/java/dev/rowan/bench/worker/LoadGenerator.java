package dev.rowan.bench.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * Generates load: virtual threads that call as fast as they can. The threads share one sequence of call numbers, so
 * that all of them finish at about the same time.
 */
final class LoadGenerator {

    private LoadGenerator() {}

    /**
     * The load that was generated.
     *
     * @param calls the number of calls
     * @param sum the sum of the values that the calls returned
     */
    record Load(int calls, long sum) {}

    /**
     * Calls with the numbers 0, 1, 2 and so on.
     *
     * @param minCalls the minimum number of calls
     * @param minTime the minimum duration of the load
     */
    static Load run(int threads, int minCalls, Duration minTime, IntUnaryOperator call) {
        long end = System.nanoTime() + minTime.toNanos();
        var next = new AtomicInteger();
        var threadSums = new ArrayList<Future<Long>>();
        long sum = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                threadSums.add(executor.submit(() -> {
                    long threadSum = 0;
                    for (int number; (number = next.getAndIncrement()) < minCalls || System.nanoTime() - end < 0; ) {
                        threadSum += call.applyAsInt(number);
                    }
                    return threadSum;
                }));
            }
            for (var threadSum : threadSums) {
                sum += threadSum.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Load(next.get() - threads, sum); // each thread took one number that it did not call with
    }

    /** Returns a call that acquires a permit of the semaphore first. */
    static IntUnaryOperator throttled(Semaphore semaphore, IntUnaryOperator call) {
        return number -> {
            semaphore.acquireUninterruptibly();
            try {
                return call.applyAsInt(number);
            } finally {
                semaphore.release();
            }
        };
    }
}
