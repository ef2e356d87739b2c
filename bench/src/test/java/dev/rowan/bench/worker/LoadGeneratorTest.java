package dev.rowan.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class VolleyTest {

    @Test
    void eachCallIsMadeOnce() {
        var made = ConcurrentHashMap.<Integer>newKeySet();

        var volley = Volley.of(16, 1_000, Duration.ZERO, i -> made.add(i) ? i : 0);

        assertEquals(new Volley(1_000, 499_500), volley);
        assertEquals(1_000, made.size());
    }

    @Test
    void threadsGoOnUntilTheTimeIsUp() {
        var start = System.nanoTime();

        var volley = Volley.of(4, 10, Duration.ofMillis(50), i -> 1);

        assertTrue(System.nanoTime() - start >= 50_000_000);
        assertTrue(volley.calls() > 10, volley::toString);
        assertEquals(volley.calls(), volley.sum());
    }
}
