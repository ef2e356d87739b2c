package dev.rowan.internal.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.config.RetryPolicy;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.statement.StatementCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryLoopTest {

    /** Waits as long as it may. */
    private static final RandomGenerator UNLUCKY = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static final RetryPolicy POLICY = new RetryPolicy(5, Duration.ofMillis(20), Duration.ofMillis(70));

    private final List<Duration> waits = new ArrayList<>();
    private final StatementCounters counters = new StatementCounters();
    private long now;

    private final RetryLoop retries = new RetryLoop(
            () -> now,
            time -> {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                waits.add(time);
                now += time.toNanos();
            },
            UNLUCKY);

    private RetryLoop.Attempts attempts(Optional<Duration> timeout) {
        return retries.attempts(POLICY, retries.deadline(timeout), counters);
    }

    @Test
    void theLongestWaitDoublesUpToItsLimit() {
        var attempts = attempts(Optional.empty());
        for (int i = 0; i < 4; i++) {
            assertTrue(again(attempts, failure(Kind.DEADLOCK)));
        }
        assertFalse(again(attempts, failure(Kind.DEADLOCK)));

        assertEquals(
                List.of(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(70), Duration.ofMillis(70)),
                waits);
    }

    @Test
    void aWaitIsAnyTimeUpToTheLongest() {
        var seen = new ArrayList<Duration>();
        var jittered = new RetryLoop(() -> 0, seen::add, new java.util.Random(7));
        for (int i = 0; i < 200; i++) {
            assertTrue(jittered.attempts(POLICY, jittered.deadline(Optional.empty()), counters)
                    .again(failure(Kind.DEADLOCK), failure(Kind.DEADLOCK)));
        }

        assertTrue(seen.stream().allMatch(wait -> wait.compareTo(Duration.ofMillis(20)) <= 0));
        assertTrue(seen.stream().anyMatch(wait -> wait.toMillis() < 4));
        assertTrue(seen.stream().anyMatch(wait -> wait.toMillis() > 16));
    }

    @Test
    void theLastFailureCarriesTheEarlierOnes() {
        var attempts = attempts(Optional.empty());
        var first = failure(Kind.DEADLOCK);
        var second = failure(Kind.LOCK_TIMEOUT);
        var last = new IllegalStateException();
        assertTrue(again(attempts, first));
        assertTrue(again(attempts, second));
        assertFalse(again(attempts, last));

        assertArrayEquals(new Throwable[] {first, second}, last.getSuppressed());
    }

    @Test
    void aFailureThatComesAgainIsNotSuppressedInItself() {
        var attempts = attempts(Optional.empty());
        var failure = failure(Kind.DEADLOCK);
        for (int i = 0; i < 4; i++) {
            assertTrue(again(attempts, failure));
        }
        assertFalse(again(attempts, failure));

        assertEquals(0, failure.getSuppressed().length);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNREACHABLE", "POOL_EXHAUSTED", "INTERRUPTED"})
    void whatHasWaitedOrWasMeantIsNotRunAgain(Kind kind) {
        assertFalse(again(attempts(Optional.empty()), failure(kind)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "DEADLOCK",
                "LOCK_TIMEOUT",
                "CONNECTION_LOST",
                "TOO_MANY_CONNECTIONS",
                "READ_ONLY_SERVER",
                "RENUMBERED"
            })
    void whatFailedInPassingIsRunAgain(Kind kind) {
        assertTrue(again(attempts(Optional.empty()), failure(kind)));
    }

    @Test
    void whatHadItsAttemptsWithinTheWorkIsNotRunAgain() {
        var within = attempts(Optional.empty());
        var last = failure(Kind.LOCK_TIMEOUT);
        for (int i = 0; i < 4; i++) {
            assertTrue(again(within, failure(Kind.LOCK_TIMEOUT)));
        }
        assertFalse(again(within, last));

        assertFalse(again(attempts(Optional.empty()), last));
    }

    @Test
    void whatFailedInAnotherWayWithinTheWorkIsRunAgain() {
        var within = attempts(Optional.empty());
        var last = failure(Kind.LOCK_TIMEOUT);
        for (int i = 0; i < 4; i++) {
            assertTrue(again(within, failure(Kind.DEADLOCK)));
        }
        assertFalse(again(within, last));

        assertTrue(again(attempts(Optional.empty()), last));
    }

    @Test
    void whatFailedAtItsFirstAttemptWithinTheWorkIsRunAgain() {
        var within = retries.attempts(RetryPolicy.never(), retries.deadline(Optional.empty()), counters);
        var only = failure(Kind.LOCK_TIMEOUT);
        assertFalse(again(within, only));

        assertTrue(again(attempts(Optional.empty()), only));
    }

    @Test
    void aFailureSuppressedByOthersIsNoEarlierAttempt() {
        var failure = failure(Kind.CONNECTION_LOST);
        failure.addSuppressed(failure(Kind.CONNECTION_LOST)); // as a rollback on a lost connection adds

        assertTrue(again(attempts(Optional.empty()), failure));
    }

    @Test
    void anUnknownOutcomeIsNeverRunAgain() {
        assertFalse(again(attempts(Optional.empty()), new CommitOutcomeUnknown("lost", null)));
    }

    @Test
    void noWaitEndsBehindTheDeadline() {
        var attempts = attempts(Optional.of(Duration.ofMillis(70)));
        assertTrue(again(attempts, failure(Kind.DEADLOCK)));
        assertTrue(again(attempts, failure(Kind.DEADLOCK)));
        assertFalse(again(attempts, failure(Kind.DEADLOCK)));
        assertEquals(List.of(Duration.ofMillis(20), Duration.ofMillis(40)), waits);
    }

    @Test
    void anInterruptEndsTheWaitAndStays() {
        var failure = failure(Kind.DEADLOCK);
        Thread.currentThread().interrupt();

        assertFalse(again(attempts(Optional.empty()), failure));
        assertTrue(Thread.interrupted());
    }

    @Test
    void theTimeLeftIsGivenInFullSeconds() {
        var deadline = retries.deadline(Optional.of(Duration.ofMillis(2_500)));
        assertEquals(3, deadline.seconds());
        now += 2_400_000_000L;
        assertEquals(1, deadline.seconds());
        assertFalse(deadline.isOver());
        now += 100_000_000L;
        assertTrue(deadline.isOver());
        assertEquals(0, retries.deadline(Optional.empty()).seconds());
    }

    private static boolean again(RetryLoop.Attempts attempts, Throwable failure) {
        return attempts.again(failure, failure);
    }

    private static TransientFailure failure(Kind kind) {
        return new TransientFailure("in passing", kind, null);
    }
}
