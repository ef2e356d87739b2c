package dev.rowan.bench.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {

    @Test
    void eachNumberIsCalledExactlyOneTime() {
        var made = ConcurrentHashMap.<Integer>newKeySet();

        var load = LoadGenerator.run(16, 1_000, Duration.ZERO, i -> made.add(i) ? i : 0);

        assertEquals(new LoadGenerator.Load(1_000, 499_500), load);
        assertEquals(1_000, made.size());
    }

    @Test
    void threadsContinueUntilTheTimeIsUp() {
        var start = System.nanoTime();

        var load = LoadGenerator.run(4, 10, Duration.ofMillis(50), i -> 1);

        assertTrue(System.nanoTime() - start >= 50_000_000);
        assertTrue(load.calls() > 10, load::toString);
        assertEquals(load.calls(), load.sum());
    }
}
