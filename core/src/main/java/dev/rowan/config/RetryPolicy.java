package dev.rowan.config;

import java.time.Duration;
import org.jooq.CheckReturnValue;

/**
 * How often, and after which waits, a transaction or a single statement is retried after a {@link
 * dev.rowan.error.TransientFailure}. Immutable.
 *
 * <p>The waits are exponential with full jitter: random, up to {@code firstWait} before the second attempt, up to twice
 * that before the third, and so on, up to {@code longestWait}. Transactions that collided do not collide again.
 *
 * @param attempts the maximum number of attempts, including the first; 1 for no retry
 * @param firstWait the longest wait before the second attempt
 * @param longestWait the longest wait before any attempt
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {

    /** Checks the values. @throws IllegalArgumentException if a value is invalid; the message names it */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("The attempts must be at least 1, the first one included.");
        }
        if (firstWait.isNegative()) {
            throw new IllegalArgumentException("The firstWait must not be negative.");
        }
        if (longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("The longestWait must not be shorter than the firstWait.");
        }
    }

    /** Returns the default: 5 attempts, with waits of up to 20 milliseconds, then 40, and so on up to a second. */
    public static RetryPolicy standard() {
        return new RetryPolicy(5, Duration.ofMillis(20), Duration.ofSeconds(1));
    }

    /** Returns the policy of one attempt, without retries. */
    public static RetryPolicy never() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** Returns this policy with another number of attempts, including the first. */
    @CheckReturnValue
    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, firstWait, longestWait);
    }
}
