package dev.rowan.config;

import dev.rowan.observe.DatabaseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
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
 * @param sqlComments whether a comment before each statement names the method that runs it; false by default
 * @param configuration adds to jOOQ's configuration: listeners, converters, a mapping of schemas; adds nothing by
 *     default
 * @param observer is told of each statement and transaction, for traces and metrics; by default nobody is
 * @param transactions lets another transaction manager begin the transactions; by default Rowan begins them itself
 * @param merging which concurrent calls are merged into one statement; none by default
 * @param poolSize the number of connections of the pool, which as many merged statements use at most; 0 without merging
 */
public record DataSourceOptions(
        Optional<Duration> statementTimeout,
        RetryPolicy retry,
        Duration slowStatement,
        boolean logValues,
        boolean sqlComments,
        UnaryOperator<Configuration> configuration,
        Optional<DatabaseObserver> observer,
        Optional<TransactionBridge> transactions,
        Merging merging,
        int poolSize) {

    private static final DataSourceOptions STANDARD = new DataSourceOptions(
            Optional.empty(),
            RetryPolicy.standard(),
            Duration.ofSeconds(1),
            false,
            false,
            UnaryOperator.identity(),
            Optional.empty(),
            Optional.empty(),
            Merging.NONE,
            0);

    /** Checks the values. @throws IllegalArgumentException if a value is invalid; the message names it */
    public DataSourceOptions {
        statementTimeout.ifPresent(timeout -> requirePositive(timeout, "statementTimeout"));
        Objects.requireNonNull(retry, "retry");
        requirePositive(slowStatement, "slowStatement");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(observer, "observer");
        Objects.requireNonNull(transactions, "transactions");
        Objects.requireNonNull(merging, "merging");
        if (merging != Merging.NONE && poolSize < 1) {
            throw new IllegalArgumentException("The poolSize must be at least 1.");
        }
    }

    /** Returns the defaults. */
    public static DataSourceOptions standard() {
        return STANDARD;
    }

    /** Returns these options with a limit for the execution of a statement. */
    @CheckReturnValue
    public DataSourceOptions withStatementTimeout(Duration timeout) {
        return with(draft -> draft.statementTimeout = Optional.of(timeout));
    }

    /** Returns these options with another retry policy for transient failures. */
    @CheckReturnValue
    public DataSourceOptions withRetry(RetryPolicy policy) {
        return with(draft -> draft.retry = policy);
    }

    /** Returns these options with another threshold of slow statements: {@link DatabaseOptions#withSlowStatement}. */
    @CheckReturnValue
    public DataSourceOptions withSlowStatement(Duration time) {
        return with(draft -> draft.slowStatement = time);
    }

    /** Returns these options with bind values in the log, see {@link DatabaseOptions#withLoggedValues}. */
    @CheckReturnValue
    public DataSourceOptions withLoggedValues() {
        return with(draft -> draft.logValues = true);
    }

    /**
     * Returns these options with a comment before each statement that names the method which runs it, such as
     * {@code /* OrderService.place *}{@code /}, in the server's list of processes and its slow log. It is the first
     * method on the stack that is not of Rowan, jOOQ, Spring or Java. A merged statement names that of one caller, or
     * none.
     */
    @CheckReturnValue
    public DataSourceOptions withSqlComments() {
        return with(draft -> draft.sqlComments = true);
    }

    /** Returns these options with a hook for jOOQ's configuration: {@link DatabaseOptions#withConfiguration}. */
    @CheckReturnValue
    public DataSourceOptions withConfiguration(UnaryOperator<Configuration> more) {
        Objects.requireNonNull(more, "configuration");
        return with(draft -> draft.configuration = before -> more.apply(configuration.apply(before)));
    }

    /** Returns these options with an observer: {@link DatabaseOptions#withObserver}. */
    @CheckReturnValue
    public DataSourceOptions withObserver(DatabaseObserver told) {
        return with(draft -> draft.observer = Optional.of(told));
    }

    /**
     * Returns these options with a bridge to a transaction manager, which begins the transactions of
     * {@link dev.rowan.Database#transaction}, {@link dev.rowan.Database#read} and jOOQ.
     */
    @CheckReturnValue
    public DataSourceOptions withTransactions(TransactionBridge bridge) {
        return with(draft -> draft.transactions = Optional.of(bridge));
    }

    /**
     * Returns these options with a choice of concurrent calls that are merged into one statement, outside of
     * transactions. They need a {@linkplain #withTransactions bridge}, which knows the threads that have one. All
     * connections of the DataSource must be to one database as one user: a merged call runs on that of another thread.
     *
     * @param size the number of connections of the pool: as many merged statements run at the same time at most
     */
    @CheckReturnValue
    public DataSourceOptions withMerging(Merging calls, int size) {
        return with(draft -> {
            draft.merging = calls;
            draft.poolSize = size;
        });
    }

    private DataSourceOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    private static void requirePositive(Duration time, String name) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("The " + name + " must be longer than zero.");
        }
    }

    /** A mutable copy. The values are checked when the options are created. */
    private static final class Draft {

        private Optional<Duration> statementTimeout;
        private RetryPolicy retry;
        private Duration slowStatement;
        private boolean logValues;
        private boolean sqlComments;
        private UnaryOperator<Configuration> configuration;
        private Optional<DatabaseObserver> observer;
        private Optional<TransactionBridge> transactions;
        private Merging merging;
        private int poolSize;

        private Draft(DataSourceOptions from) {
            this.statementTimeout = from.statementTimeout;
            this.retry = from.retry;
            this.slowStatement = from.slowStatement;
            this.logValues = from.logValues;
            this.sqlComments = from.sqlComments;
            this.configuration = from.configuration;
            this.observer = from.observer;
            this.transactions = from.transactions;
            this.merging = from.merging;
            this.poolSize = from.poolSize;
        }

        private DataSourceOptions options() {
            return new DataSourceOptions(
                    statementTimeout,
                    retry,
                    slowStatement,
                    logValues,
                    sqlComments,
                    configuration,
                    observer,
                    transactions,
                    merging,
                    poolSize);
        }
    }
}
