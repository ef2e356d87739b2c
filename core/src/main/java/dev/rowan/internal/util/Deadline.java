package dev.rowan.internal.util;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time by which a call must end, if it has a timeout. It applies to all that its thread waits for while the call
 * runs: a connection, a retry, an answer of the server. Immutable.
 */
public final class Deadline {

    /** The {@linkplain #nanosLeft() time left} without a timeout: about three centuries. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Never passes. */
    public static final Deadline NONE = new Deadline(null, System::nanoTime);

    private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(() -> NONE);

    private final @Nullable Duration timeout;
    private final LongSupplier nanoTime;
    private final long end;

    private Deadline(@Nullable Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.end = timeout == null ? 0 : nanoTime.getAsLong() + nanos(timeout);
    }

    /**
     * Returns the deadline of a call that begins now: that of the current thread, if that one is earlier.
     *
     * @param nanoTime the clock
     */
    public static Deadline of(Optional<Duration> timeout, LongSupplier nanoTime) {
        var current = current();
        if (timeout.isEmpty()) {
            return current;
        }
        var deadline = new Deadline(timeout.get(), nanoTime);
        return current.nanosLeft() < deadline.nanosLeft() ? current : deadline;
    }

    /** Returns the deadline of the call that the current thread runs. */
    public static Deadline current() {
        return CURRENT.get();
    }

    /** Work under a deadline. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        T run() throws X;
    }

    /** Makes this the deadline of the current thread while the work runs. */
    public <T extends @Nullable Object, X extends Exception> T during(Work<T, X> work) throws X {
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.run();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Returns the timeout that the deadline was set with. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Returns whether the time is up. */
    public boolean isOver() {
        return nanosLeft() <= 0;
    }

    /** Returns whether a wait of this length would end before the deadline. */
    public boolean allows(Duration wait) {
        return nanosLeft() > nanos(wait);
    }

    /** Returns the time left in nanoseconds; {@link #UNLIMITED} if there is no timeout. */
    public long nanosLeft() {
        return timeout == null ? UNLIMITED : end - nanoTime.getAsLong();
    }

    /** Returns a duration in nanoseconds, a longer one than fits as the half of {@link #UNLIMITED}: it can be added. */
    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(UNLIMITED / 2)) < 0 ? duration.toNanos() : UNLIMITED / 2;
    }
}
