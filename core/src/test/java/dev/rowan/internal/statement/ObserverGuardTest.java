package dev.rowan.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.observe.DatabaseObserver;
import dev.rowan.observe.ObservedStatement;
import dev.rowan.observe.ObservedTransaction;
import dev.rowan.testing.WaitingCallers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that an observer hands to another thread. */
@Timeout(60)
class ObserverGuardTest {

    @Test
    void theWorkOfAnotherThreadIsAwaitedWithItsError() {
        var error = new AssertionError("of the work");
        var hasBegun = new CountDownLatch(1);
        var isAwaited = new CountDownLatch(1);
        var caller = Thread.currentThread();
        var work = inContext(
                () -> {
                    hasBegun.countDown();
                    WaitingCallers.await(isAwaited);
                    throw error;
                },
                guarded -> {
                    Thread.ofPlatform().start(guarded);
                    WaitingCallers.await(hasBegun);
                    Thread.ofPlatform().start(() -> {
                        while (caller.getState() != Thread.State.WAITING) {
                            Thread.onSpinWait();
                        }
                        isAwaited.countDown();
                    });
                });

        assertSame(error, assertThrows(AssertionError.class, work::run));
    }

    @Test
    void twoThreadsRunTheWorkOnce() throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            var runs = new AtomicInteger();
            var isReturned = new AtomicBoolean();
            var isReady = new CountDownLatch(1);
            var other = new Thread[1];
            var work = inContext(runs::incrementAndGet, guarded -> {
                other[0] = Thread.ofPlatform().start(() -> {
                    isReady.countDown();
                    while (!isReturned.get()) {
                        Thread.onSpinWait();
                    }
                    guarded.run();
                });
                WaitingCallers.await(isReady);
                isReturned.set(true);
            });
            work.run();
            other[0].join();

            assertEquals(1, runs.get());
        }
    }

    private static Runnable inContext(Runnable work, Consumer<Runnable> context) {
        return new ObserverGuard(new DatabaseObserver() {
                    @Override
                    public @Nullable RunningStatement statement(ObservedStatement statement) {
                        return null;
                    }

                    @Override
                    public Runnable inContext(Runnable guarded) {
                        return () -> context.accept(guarded);
                    }

                    @Override
                    public @Nullable OpenTransaction transaction(ObservedTransaction transaction) {
                        return null;
                    }
                })
                .inContext(work);
    }
}
