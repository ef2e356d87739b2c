package dev.rowan.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.CheckReturnValue;
import org.jooq.Isolation;

/**
 * How a transaction is run, if the defaults do not apply. Immutable.
 *
 * <pre>{@code
 * static final TransactionOptions CHECKOUT =
 *         TransactionOptions.named("checkout").withTimeout(Duration.ofSeconds(2));
 * }</pre>
 *
 * @param name a comment before each statement, which the server's process list and slow log show: at most 64 letters,
 *     digits, spaces and {@code _.:-}. Use constants, as the SQL of each name is cached separately. No comment if empty
 * @param isolation the isolation level; the server's default, REPEATABLE READ, if empty
 * @param timeout the longest duration of the whole call, including all waits and retries; no limit if empty. A
 * statement
 *     in flight is stopped on the server. Calls in the body that are not bound to the session end by then, too
 * @param retry the retry policy for transient failures; {@link DatabaseOptions#retry()} if empty
 * @param autoFlush whether modified records are written before each query, so that the query sees them
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

    /** Checks the values. @throws IllegalArgumentException if a value is invalid; the message names it */
    public TransactionOptions {
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            throw new IllegalArgumentException("The name of a transaction must begin with a letter or digit, and have"
                    + " only letters, digits, spaces and _.:- in it, 64 at most: it is part of the SQL.");
        }
        if (timeout.isPresent() && !timeout.get().isPositive()) {
            throw new IllegalArgumentException("The timeout must be longer than zero.");
        }
        Objects.requireNonNull(isolation, "isolation");
        Objects.requireNonNull(retry, "retry");
    }

    /** Returns the defaults: no name, the server's isolation level, no timeout, the database's retry policy. */
    public static TransactionOptions standard() {
        return STANDARD;
    }

    /** Returns the defaults with a name. @throws IllegalArgumentException if the name is invalid */
    public static TransactionOptions named(String name) {
        return STANDARD.withName(name);
    }

    /**
     * Returns the defaults with SERIALIZABLE: transactions act as if they ran one after another, at the cost of more
     * retries.
     */
    public static TransactionOptions serializable() {
        return STANDARD.withIsolation(Isolation.SERIALIZABLE);
    }

    /** Returns these options with another name. @throws IllegalArgumentException if the name is invalid */
    @CheckReturnValue
    public TransactionOptions withName(String text) {
        return new TransactionOptions(Optional.of(text), isolation, timeout, retry, autoFlush);
    }

    /** Returns these options with another isolation level. */
    @CheckReturnValue
    public TransactionOptions withIsolation(Isolation level) {
        return new TransactionOptions(name, Optional.of(level), timeout, retry, autoFlush);
    }

    /** Returns these options with another timeout for the whole call. */
    @CheckReturnValue
    public TransactionOptions withTimeout(Duration longest) {
        return new TransactionOptions(name, isolation, Optional.of(longest), retry, autoFlush);
    }

    /** Returns these options with another retry policy for transient failures. */
    @CheckReturnValue
    public TransactionOptions withRetry(RetryPolicy policy) {
        return new TransactionOptions(name, isolation, timeout, Optional.of(policy), autoFlush);
    }

    /**
     * Returns these options with {@link dev.rowan.Session#flush()} before each query, each write by condition, and each
     * statement of {@link dev.rowan.Session#dsl()}. Without it, the session flushes at the commit only.
     */
    @CheckReturnValue
    public TransactionOptions withAutoFlush() {
        return new TransactionOptions(name, isolation, timeout, retry, true);
    }
}
