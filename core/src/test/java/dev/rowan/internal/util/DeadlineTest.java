package dev.rowan.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private long now = Long.MAX_VALUE - 1_000; // the clock may overflow

    private Deadline in(Duration timeout) {
        return Deadline.of(Optional.of(timeout), () -> now);
    }

    @Test
    void aDeadlineIsOverWhenItsTimeHasPassed() {
        var deadline = in(Duration.ofMillis(2));
        assertTrue(deadline.allows(Duration.ofMillis(1)));
        assertFalse(deadline.allows(Duration.ofMillis(2)));
        now += 1_999_999;
        assertFalse(deadline.isOver());
        assertEquals(1, deadline.nanosLeft());
        now += 1;
        assertTrue(deadline.isOver());
    }

    @Test
    void anEndlessTimeoutNeverPasses() {
        var deadline = in(Duration.ofSeconds(Long.MAX_VALUE));
        now += Duration.ofDays(10_000).toNanos();
        assertFalse(deadline.isOver());
    }

    @Test
    void aCallInsideAnotherEndsWithTheEarlierDeadline() {
        var outer = in(Duration.ofSeconds(2));
        assertSame(Deadline.NONE, Deadline.current());
        outer.during(() -> {
            assertSame(outer, Deadline.current());
            assertSame(outer, Deadline.of(Optional.empty(), () -> now));
            assertSame(outer, in(Duration.ofSeconds(3)));
            var inner = in(Duration.ofSeconds(1));
            inner.during(() -> {
                assertSame(inner, Deadline.current());
                return inner;
            });
            assertSame(outer, Deadline.current());
            return outer;
        });
        assertSame(Deadline.NONE, Deadline.current());
    }
}
