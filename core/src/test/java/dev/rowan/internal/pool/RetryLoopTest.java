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

    /** Always draws the longest wait. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
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

    private final RetryLoop loop = new RetryLoop(
            () -> now,
            time -> {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                waits.add(time);
                now += time.toNanos();
            },
            LONGEST);

    private RetryLoop.Attempts attempts(Optional<Duration> timeout) {
        return loop.attempts(POLICY, loop.deadline(timeout), counters);
    }

    @Test
    void theLongestWaitDoublesUpToItsLimit() {
        var attempts = attempts(Optional.empty());
        for (int i = 0; i < 4; i++) {
            assertTrue(retries(attempts, failure(Kind.DEADLOCK)));
        }
        assertFalse(retries(attempts, failure(Kind.DEADLOCK)));

        assertEquals(
                List.of(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(70), Duration.ofMillis(70)),
                waits);
    }

    @Test
    void aWaitIsAnyTimeUpToTheLongest() {
        var waited = new ArrayList<Duration>();
        var jittered = new RetryLoop(() -> 0, waited::add, new java.util.Random(7));
        for (int i = 0; i < 200; i++) {
            assertTrue(jittered.attempts(POLICY, jittered.deadline(Optional.empty()), counters)
                    .awaitRetry(failure(Kind.DEADLOCK), failure(Kind.DEADLOCK)));
        }

        assertTrue(waited.stream().allMatch(wait -> wait.compareTo(Duration.ofMillis(20)) <= 0));
        assertTrue(waited.stream().anyMatch(wait -> wait.toMillis() < 4));
        assertTrue(waited.stream().anyMatch(wait -> wait.toMillis() > 16));
    }

    @Test
    void theLastFailureCarriesTheEarlierOnes() {
        var attempts = attempts(Optional.empty());
        var first = failure(Kind.DEADLOCK);
        var second = failure(Kind.LOCK_TIMEOUT);
        var last = new IllegalStateException();
        assertTrue(retries(attempts, first));
        assertTrue(retries(attempts, second));
        assertFalse(retries(attempts, last));

        assertArrayEquals(new Throwable[] {first, second}, last.getSuppressed());
    }

    @Test
    void aRepeatedFailureIsNotAddedToItsOwnSuppressedOnes() {
        var attempts = attempts(Optional.empty());
        var failure = failure(Kind.DEADLOCK);
        for (int i = 0; i < 4; i++) {
            assertTrue(retries(attempts, failure));
        }
        assertFalse(retries(attempts, failure));

        assertEquals(0, failure.getSuppressed().length);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNREACHABLE", "POOL_EXHAUSTED", "INTERRUPTED"})
    void aFailureThatARetryWouldRepeatIsNotRetried(Kind kind) {
        assertFalse(retries(attempts(Optional.empty()), failure(kind)));
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
    void aTransientFailureIsRetried(Kind kind) {
        assertTrue(retries(attempts(Optional.empty()), failure(kind)));
    }

    @Test
    void aFailureAfterRetriesOfAnInnerCallIsNotRetried() {
        var inner = attempts(Optional.empty());
        var last = failure(Kind.LOCK_TIMEOUT);
        for (int i = 0; i < 4; i++) {
            assertTrue(retries(inner, failure(Kind.LOCK_TIMEOUT)));
        }
        assertFalse(retries(inner, last));

        assertFalse(retries(attempts(Optional.empty()), last));
    }

    @Test
    void aFailureOfAnInnerCallWhoseEarlierFailuresWereOfOtherKindsIsRetried() {
        var inner = attempts(Optional.empty());
        var last = failure(Kind.LOCK_TIMEOUT);
        for (int i = 0; i < 4; i++) {
            assertTrue(retries(inner, failure(Kind.DEADLOCK)));
        }
        assertFalse(retries(inner, last));

        assertTrue(retries(attempts(Optional.empty()), last));
    }

    @Test
    void aFailureOfAnInnerCallAtItsFirstAttemptIsRetried() {
        var inner = loop.attempts(RetryPolicy.never(), loop.deadline(Optional.empty()), counters);
        var only = failure(Kind.LOCK_TIMEOUT);
        assertFalse(retries(inner, only));

        assertTrue(retries(attempts(Optional.empty()), only));
    }

    @Test
    void aSuppressedFailureIsNotAnEarlierAttempt() {
        var failure = failure(Kind.CONNECTION_LOST);
        failure.addSuppressed(failure(Kind.CONNECTION_LOST)); // as a rollback on a lost connection adds

        assertTrue(retries(attempts(Optional.empty()), failure));
    }

    @Test
    void anUnknownOutcomeIsNeverRetried() {
        assertFalse(retries(attempts(Optional.empty()), new CommitOutcomeUnknown("lost", null)));
    }

    @Test
    void noWaitEndsAfterTheDeadline() {
        var attempts = attempts(Optional.of(Duration.ofMillis(70)));
        assertTrue(retries(attempts, failure(Kind.DEADLOCK)));
        assertTrue(retries(attempts, failure(Kind.DEADLOCK)));
        assertFalse(retries(attempts, failure(Kind.DEADLOCK)));
        assertEquals(List.of(Duration.ofMillis(20), Duration.ofMillis(40)), waits);
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        var failure = failure(Kind.DEADLOCK);
        Thread.currentThread().interrupt();

        assertFalse(retries(attempts(Optional.empty()), failure));
        assertTrue(Thread.interrupted());
    }

    private static boolean retries(RetryLoop.Attempts attempts, Throwable failure) {
        return attempts.awaitRetry(failure, failure);
    }

    private static TransientFailure failure(Kind kind) {
        return new TransientFailure("transient", kind, null);
    }
}
