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
 * Callers who come to a database while its one connection is in use: the first waits for it, the others for company.
 */
public final class WaitingCallers {

    private WaitingCallers() {}

    /** Returns options under which all calls meet that are made while the connection is in use. */
    public static DatabaseOptions options(DatabaseOptions options, Merging merging) {
        return options.withPoolSize(1).withPoolTimeout(Duration.ofMinutes(10)).withMerging(merging);
    }

    /** Makes so many calls at the same moment, and returns what came of each. */
    public static <T> List<Future<T>> meet(Database database, int callers, IntFunction<T> call) {
        return meet(database, callers, call, () -> {});
    }

    /** Does something more while all the callers wait. */
    public static <T> List<Future<T>> meet(Database database, int callers, IntFunction<T> call, Runnable meanwhile) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return database.<List<Future<T>>, RuntimeException>transactionResult(session -> {
                var calls = new ArrayList<Future<T>>();
                for (int i = 0; i < callers; i++) {
                    var caller = i;
                    Callable<T> made = () -> call.apply(caller);
                    calls.add(threads.submit(made));
                    while (database.statistics().callersWaiting() <= i) {
                        Thread.onSpinWait();
                    }
                }
                meanwhile.run();
                return calls;
            });
        }
    }

    /** Returns the errors of the calls that failed. */
    public static List<Throwable> failures(List<? extends Future<?>> calls) {
        return calls.stream()
                .filter(call -> call.state() == Future.State.FAILED)
                .map(Future::exceptionNow)
                .toList();
    }

    /** Runs the work in so many threads at once, and returns what went wrong. */
    public static List<Throwable> load(int threads, IntFunction<?> work) {
        List<Future<?>> all = new ArrayList<>();
        try (var running = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                var thread = i;
                all.add(running.submit(() -> work.apply(thread)));
            }
        }
        return failures(all);
    }

    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
