package dev.rowan.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.Isolation;

/**
 * How a transaction is run, where the defaults will not do. Immutable.
 *
 * <pre>{@code
 * static final TransactionOptions CHECKOUT =
 *         TransactionOptions.named("checkout").withTimeout(Duration.ofSeconds(2));
 * }</pre>
 *
 * @param name what the server's process list and slow log show, in a comment before each statement: letters, digits,
 *     spaces and {@code _.:-}, 64 at most, and fixed in the code, as each name makes texts of its own; none if empty
 * @param isolation how much it sees of others; the server's default, REPEATABLE READ, if empty
 * @param timeout the longest that the whole call may take, waits and further attempts included; no limit if empty. A
 *     statement that is under way then is stopped at the next full second
 * @param retry how often it is run again when it failed in passing; {@link DatabaseOptions#retry()} if empty
 * @param autoFlush whether what is modified is written before queries, so that they see it
 */
public record TransactionOptions(
        Optional<String> name,
        Optional<Isolation> isolation,
        Optional<Duration> timeout,
        Optional<RetryPolicy> retry,
        boolean autoFlush) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _.:-]{0,63}");
    private static final TransactionOptions STANDARD =
            new TransactionOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Checks the values. @throws IllegalArgumentException that names the one that is wrong */
    public TransactionOptions {
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw new IllegalArgumentException("The name of a transaction must begin with a letter or digit, and have"
                    + " only letters, digits, spaces and _.:- in it, 64 at most: it stands in the SQL.");
        }
        if (timeout.isPresent() && !timeout.get().isPositive()) {
            throw new IllegalArgumentException("The timeout must be longer than zero.");
        }
        Objects.requireNonNull(isolation, "isolation");
        Objects.requireNonNull(retry, "retry");
    }

    /** Returns the defaults: no name, the server's isolation, no limit of time, the database's retries. */
    public static TransactionOptions standard() {
        return STANDARD;
    }

    /** Returns the defaults under a name. @throws IllegalArgumentException if a comment in SQL cannot hold it */
    public static TransactionOptions named(String name) {
        return STANDARD.withName(name);
    }

    /** Returns the isolation under which transactions act as if one ran after the other, at the price of more retries. */
    public static TransactionOptions serializable() {
        return STANDARD.withIsolation(Isolation.SERIALIZABLE);
    }

    /** Returns these options with another name. @throws IllegalArgumentException if a comment in SQL cannot hold it */
    public TransactionOptions withName(String text) {
        return new TransactionOptions(Optional.of(text), isolation, timeout, retry, autoFlush);
    }

    /** Returns these options with another isolation. */
    public TransactionOptions withIsolation(Isolation level) {
        return new TransactionOptions(name, Optional.of(level), timeout, retry, autoFlush);
    }

    /** Returns these options with another limit for the whole call. */
    public TransactionOptions withTimeout(Duration longest) {
        return new TransactionOptions(name, isolation, Optional.of(longest), retry, autoFlush);
    }

    /** Returns these options with another policy for what failed in passing. */
    public TransactionOptions withRetry(RetryPolicy policy) {
        return new TransactionOptions(name, isolation, timeout, Optional.of(policy), autoFlush);
    }

    /**
     * Returns these options with {@link dev.rowan.Session#flush()} before each statement that asks which rows there are (a query, a
     * write by condition, any of {@link dev.rowan.Session#dsl()}), not at the commit alone.
     */
    public TransactionOptions withAutoFlush() {
        return new TransactionOptions(name, isolation, timeout, retry, true);
    }
}
