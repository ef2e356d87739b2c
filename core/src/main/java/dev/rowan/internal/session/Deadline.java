package dev.rowan.internal.session;

import dev.rowan.error.StatementTimeout;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The moment by which a call must be done, if there is one. */
public final class Deadline {

    /** The driver counts milliseconds in an int, which would overflow at a little more than twice as many seconds. */
    private static final int MOST_SECONDS = 1_000_000;

    /** What rounds up to full seconds. */
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

    /** Says whether there is time for a wait, and for something after it. */
    public boolean allows(Duration wait) {
        return timeout == null || left(timeout).compareTo(wait) > 0;
    }

    /** Returns what is left in full seconds, at least one; 0 for no limit, as JDBC has it. */
    public int seconds() {
        return timeout == null
                ? 0
                : Math.clamp(left(timeout).plus(ALMOST_A_SECOND).toSeconds(), 1, MOST_SECONDS);
    }

    /** Checks the time. @throws StatementTimeout if it is over */
    public void check() {
        if (isOver()) {
            throw passed(null);
        }
    }

    /** Returns the error of a transaction that was not done in time. */
    StatementTimeout passed(@Nullable Throwable cause) {
        return new StatementTimeout(
                "The transaction took longer than its timeout of " + timeout
                        + ", and is rolled back. Make it do less, or raise the timeout in its TransactionOptions.",
                cause);
    }

    private Duration left(Duration allowed) {
        return allowed.minusNanos(nanoTime.getAsLong() - start);
    }
}
