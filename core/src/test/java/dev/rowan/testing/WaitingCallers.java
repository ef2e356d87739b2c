package dev.rowan.testing;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Runs calls at the same moment on a database whose only connection is in use, so that those after the first are queued
 * and merged.
 */
public final class WaitingCallers {

    private WaitingCallers() {}

    /** Returns options with one connection, for which callers wait long enough. */
    public static DatabaseOptions options(DatabaseOptions options, Merging merging) {
        return options.withPoolSize(1).withPoolTimeout(Duration.ofMinutes(10)).withMerging(merging);
    }

    /** Runs calls from as many threads while the connection is in use, and returns the future of each. */
    public static <T> List<Future<T>> runTogether(Database database, int callers, IntFunction<T> call) {
        return runTogether(database, callers, call, () -> {});
    }

    /** Does the same, and runs an action when all callers wait. */
    public static <T> List<Future<T>> runTogether(
            Database database, int callers, IntFunction<T> call, Runnable whenAllWait) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return database.<List<Future<T>>, RuntimeException>transactionResult(session -> {
                var calls = new ArrayList<Future<T>>();
                for (int i = 0; i < callers; i++) {
                    var caller = i;
                    Callable<T> task = () -> call.apply(caller);
                    calls.add(threads.submit(task));
                    while (database.statistics().callersWaiting() <= i) {
                        Thread.onSpinWait();
                    }
                }
                whenAllWait.run();
                return calls;
            });
        }
    }

    /** Returns the exceptions of the calls that failed. */
    public static List<Throwable> failures(List<? extends Future<?>> calls) {
        return calls.stream()
                .filter(call -> call.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .toList();
    }

    /** Runs the work in a number of threads at once, and returns the exceptions. */
    public static List<Throwable> runInThreads(int threads, IntFunction<?> work) {
        List<Future<?>> results = new ArrayList<>();
        try (var running = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                var thread = i;
                results.add(running.submit(() -> work.apply(thread)));
            }
        }
        return failures(results);
    }

    /** Waits for the latch. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
