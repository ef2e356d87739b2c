package dev.rowan.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.CheckReturnValue;
import org.jooq.Configuration;

/**
 * How Rowan uses a DataSource of yours: what {@link DatabaseOptions} says without the pool. Immutable.
 *
 * <pre>{@code
 * Database.over(pool, DataSourceOptions.standard().withSlowStatement(Duration.ofMillis(200)))
 * }</pre>
 *
 * @param statementTimeout the longest execution of a statement, which is then stopped on the server; no limit if empty,
 *     as by default. Streams have no limit
 * @param retry how transactions are retried after transient failures; {@link RetryPolicy#standard()} by default
 * @param slowStatement a statement that takes as long is logged at WARN; 1 second by default
 * @param logValues whether the log shows bind values; false by default
 * @param configuration adds to jOOQ's configuration: listeners, converters, a mapping of schemas; adds nothing by
 *     default
 * @param transactions lets another transaction manager begin the transactions; by default Rowan begins them itself
 */
public record DataSourceOptions(
        Optional<Duration> statementTimeout,
        RetryPolicy retry,
        Duration slowStatement,
        boolean logValues,
        UnaryOperator<Configuration> configuration,
        Optional<TransactionBridge> transactions) {

    private static final DataSourceOptions STANDARD = new DataSourceOptions(
            Optional.empty(),
            RetryPolicy.standard(),
            Duration.ofSeconds(1),
            false,
            UnaryOperator.identity(),
            Optional.empty());

    /** Checks the values. @throws IllegalArgumentException if a value is invalid; the message names it */
    public DataSourceOptions {
        statementTimeout.ifPresent(timeout -> requirePositive(timeout, "statementTimeout"));
        Objects.requireNonNull(retry, "retry");
        requirePositive(slowStatement, "slowStatement");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(transactions, "transactions");
    }

    /** Returns the defaults. */
    public static DataSourceOptions standard() {
        return STANDARD;
    }

    /** Returns these options with a limit for the execution of a statement. */
    @CheckReturnValue
    public DataSourceOptions withStatementTimeout(Duration timeout) {
        return new DataSourceOptions(
                Optional.of(timeout), retry, slowStatement, logValues, configuration, transactions);
    }

    /** Returns these options with another retry policy for transient failures. */
    @CheckReturnValue
    public DataSourceOptions withRetry(RetryPolicy policy) {
        return new DataSourceOptions(statementTimeout, policy, slowStatement, logValues, configuration, transactions);
    }

    /** Returns these options with another threshold of slow statements: {@link DatabaseOptions#withSlowStatement}. */
    @CheckReturnValue
    public DataSourceOptions withSlowStatement(Duration time) {
        return new DataSourceOptions(statementTimeout, retry, time, logValues, configuration, transactions);
    }

    /** Returns these options with bind values in the log, see {@link DatabaseOptions#withLoggedValues}. */
    @CheckReturnValue
    public DataSourceOptions withLoggedValues() {
        return new DataSourceOptions(statementTimeout, retry, slowStatement, true, configuration, transactions);
    }

    /** Returns these options with a hook for jOOQ's configuration: {@link DatabaseOptions#withConfiguration}. */
    @CheckReturnValue
    public DataSourceOptions withConfiguration(UnaryOperator<Configuration> more) {
        Objects.requireNonNull(more, "configuration");
        return new DataSourceOptions(
                statementTimeout,
                retry,
                slowStatement,
                logValues,
                before -> more.apply(configuration.apply(before)),
                transactions);
    }

    /**
     * Returns these options with a bridge to a transaction manager, which begins the transactions of
     * {@link dev.rowan.Database#transaction}, {@link dev.rowan.Database#read} and jOOQ.
     */
    @CheckReturnValue
    public DataSourceOptions withTransactions(TransactionBridge bridge) {
        return new DataSourceOptions(
                statementTimeout, retry, slowStatement, logValues, configuration, Optional.of(bridge));
    }

    private static void requirePositive(Duration time, String name) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("The " + name + " must be longer than zero.");
        }
    }
}
