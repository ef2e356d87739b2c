package dev.rowan.internal.session;

import dev.rowan.error.StatementTimeout;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time by which a transaction must end, if it has a timeout. Immutable. */
public final class Deadline {

    /** The driver counts milliseconds in an int, which overflows at a little more than twice as many seconds. */
    private static final int MOST_SECONDS = 1_000_000;

    /** Rounds a duration up to full seconds when added to it. */
    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    private final @Nullable Duration timeout;
    private final LongSupplier nanoTime;
    private final long start;

    public Deadline(Optional<Duration> timeout, LongSupplier nanoTime) {
        this.timeout = timeout.orElse(null);
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    public boolean isOver() {
        return !allows(Duration.ZERO);
    }

    /** Returns whether a wait of this length would end before the deadline. */
    public boolean allows(Duration wait) {
        return timeout == null || left(timeout).compareTo(wait) > 0;
    }

    /** Returns the time left in full seconds, rounded up and at least 1; 0 for no limit, as in JDBC. */
    public int seconds() {
        return timeout == null
                ? 0
                : Math.clamp(left(timeout).plus(ALMOST_A_SECOND).toSeconds(), 1, MOST_SECONDS);
    }

    /** Checks that there is time left. @throws StatementTimeout if there is none */
    public void check() {
        if (isOver()) {
            throw passed(null);
        }
    }

    /** Returns the error of a transaction that exceeded its timeout. */
    StatementTimeout passed(@Nullable Throwable cause) {
        return new StatementTimeout(
                "The transaction took longer than its timeout of " + timeout
                        + " and is rolled back. Make it do less, or raise the timeout in its TransactionOptions.",
                cause);
    }

    private Duration left(Duration allowed) {
        return allowed.minusNanos(nanoTime.getAsLong() - start);
    }
}
