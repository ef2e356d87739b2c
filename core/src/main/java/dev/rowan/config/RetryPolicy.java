package dev.rowan.config;

import java.time.Duration;

/**
 * How often a transaction, or a statement alone, that failed in passing is run again, and after which waits. Immutable.
 *
 * <p>Before each new attempt there is a wait, as long as chance says, but no longer than {@code firstWait} before the
 * second attempt, twice that before the third, and so on up to {@code longestWait}: transactions that met once do not
 * meet again.
 *
 * @param attempts the most times that a transaction is run, the first included; 1 for never again
 * @param firstWait the longest wait before the second attempt
 * @param longestWait the longest wait before any attempt
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {

    /** Checks the values. @throws IllegalArgumentException that names the one that is wrong */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("The attempts must be at least 1, which is the first.");
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

    /** Returns the policy of one attempt: what fails is the caller's to run again. */
    public static RetryPolicy never() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    }

    /** Returns this policy with another number of attempts, the first included. */
    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, firstWait, longestWait);
    }
}
