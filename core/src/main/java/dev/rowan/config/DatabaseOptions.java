package dev.rowan.config;

import dev.rowan.internal.util.MysqlUrl;
import dev.rowan.observe.DatabaseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jooq.CheckReturnValue;
import org.jooq.Configuration;

/**
 * How to connect to a database, with a timeout for every wait. Immutable.
 *
 * <pre>{@code
 * DatabaseOptions.of("jdbc:mysql://localhost:3306/shop", user, password).withPoolSize(20)
 * }</pre>
 *
 * <p>Every timeout is longer than zero, and 24 days at most. Timeouts of the driver are truncated to whole
 * milliseconds; the minimum is one.
 *
 * @param url a {@code jdbc:mysql://} URL with a server and a database, without a login. It may set many of the driver's
 *     properties, but not those that run code, read files or change meanings; Rowan's own settings come first. A server
 *     on another machine must use TLS and prove its identity, unless the URL sets {@code sslMode}.
 * @param user the user to log in as
 * @param password the user's password; never shown
 * @param poolSize the maximum number of open connections; 10 by default
 * @param connectTimeout the longest wait until a connection is established; 5 seconds by default
 * @param poolTimeout the longest wait for a connection from the pool; 5 seconds by default
 * @param statementTimeout the longest execution of a statement, which is then stopped on the server; 30 seconds by
 *     default. A wait for a lock ends a second before, and after a second at least. Streams have no limit
 * @param socketTimeout the longest wait until the next bytes are received or sent; 60 seconds by default, and longer
 *     than {@code statementTimeout}
 * @param retry how transactions are retried after transient failures; {@link RetryPolicy#standard()} by default
 * @param merging which concurrent calls are merged into one statement; {@link Merging#READS} by default
 * @param slowStatement a statement that takes as long is logged at WARN; 1 second by default
 * @param logValues whether the log shows bind values; false by default
 * @param sqlComments whether a comment before each statement names the method that runs it; false by default
 * @param configuration adds to jOOQ's configuration: listeners, converters, a mapping of schemas; adds nothing by
 *     default
 * @param observer is told of each statement and transaction, for traces and metrics; by default nobody is
 */
public record DatabaseOptions(
        String url,
        String user,
        String password,
        int poolSize,
        Duration connectTimeout,
        Duration poolTimeout,
        Duration statementTimeout,
        Duration socketTimeout,
        RetryPolicy retry,
        Merging merging,
        Duration slowStatement,
        boolean logValues,
        boolean sqlComments,
        UnaryOperator<Configuration> configuration,
        Optional<DatabaseObserver> observer) {

    /** The most milliseconds that the driver accepts. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** The time for the network and for large rows, which the socket timeout adds to the statement timeout. */
    private static final Duration SOCKET_MARGIN = Duration.ofSeconds(30);

    private static final Pattern URL = Pattern.compile("jdbc:mysql://[^/?]+/[^/?]+(\\?.*)?");

    /** Checks the values. @throws IllegalArgumentException if a value is invalid; the message names it */
    public DatabaseOptions {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        require(
                url.startsWith("jdbc:mysql://"),
                "url",
                "begin with jdbc:mysql://, for MariaDB too: MySQL's driver connects to both");
        require(URL.matcher(url).matches(), "url", "name a server and a database, as jdbc:mysql://host:3306/shop does");
        MysqlUrl.withoutLogin(url);
        require(poolSize > 0, "poolSize", "be at least 1");
        requireLimit(connectTimeout, "connectTimeout");
        requireLimit(poolTimeout, "poolTimeout");
        requireLimit(statementTimeout, "statementTimeout");
        requireLimit(socketTimeout, "socketTimeout");
        require(
                socketTimeout.compareTo(statementTimeout) > 0,
                "socketTimeout of " + socketTimeout,
                "be longer than the statementTimeout of " + statementTimeout
                        + ", or the answer to a slow statement is lost. Set a shorter statementTimeout first");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(merging, "merging");
        requirePositive(slowStatement, "slowStatement");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(observer, "observer");
    }

    /** Returns options with the defaults. @throws IllegalArgumentException if the URL is invalid */
    public static DatabaseOptions of(String url, String user, String password) {
        return new Draft(url, user, password).options();
    }

    /** Returns these options with another pool size. */
    @CheckReturnValue
    public DatabaseOptions withPoolSize(int size) {
        return with(draft -> draft.poolSize = size);
    }

    /** Returns these options with another timeout for establishing a connection. */
    @CheckReturnValue
    public DatabaseOptions withConnectTimeout(Duration timeout) {
        return with(draft -> draft.connectTimeout = timeout);
    }

    /** Returns these options with another timeout for getting a connection from the pool. */
    @CheckReturnValue
    public DatabaseOptions withPoolTimeout(Duration timeout) {
        return with(draft -> draft.poolTimeout = timeout);
    }

    /** Returns these options with another statement timeout; the socket timeout stays at least 30 seconds longer. */
    @CheckReturnValue
    public DatabaseOptions withStatementTimeout(Duration timeout) {
        requireLimit(timeout, "statementTimeout"); // the sum could overflow
        var minimum = timeout.plus(SOCKET_MARGIN);
        return with(draft -> {
            draft.statementTimeout = timeout;
            draft.socketTimeout = socketTimeout.compareTo(minimum) < 0 ? minimum : socketTimeout;
        });
    }

    /** Returns these options with another timeout for the next byte of a response. */
    @CheckReturnValue
    public DatabaseOptions withSocketTimeout(Duration timeout) {
        return with(draft -> draft.socketTimeout = timeout);
    }

    /** Returns these options with another retry policy for transient failures. */
    @CheckReturnValue
    public DatabaseOptions withRetry(RetryPolicy policy) {
        return with(draft -> draft.retry = policy);
    }

    /**
     * Returns these options with another choice of concurrent calls that are merged into one statement.
     *
     * <pre>{@code
     * options.withMerging(Merging.ALL)
     * }</pre>
     */
    @CheckReturnValue
    public DatabaseOptions withMerging(Merging calls) {
        return with(draft -> draft.merging = calls);
    }

    /**
     * Returns these options with another threshold of slow statements, which the log {@code dev.rowan.sql} shows at
     * WARN, and all others at DEBUG. The time ends with the server's response: reading the rows does not count.
     */
    @CheckReturnValue
    public DatabaseOptions withSlowStatement(Duration time) {
        return with(draft -> draft.slowStatement = time);
    }

    /**
     * Returns these options with bind values in the log {@code dev.rowan.sql}: long values are truncated, and binary
     * values are shown as their length. For a developer's machine only, as values may be secret.
     */
    @CheckReturnValue
    public DatabaseOptions withLoggedValues() {
        return with(draft -> draft.logValues = true);
    }

    /**
     * Returns these options with a comment before each statement that names the method which runs it, such as
     * {@code /* OrderService.place *}{@code /}, in the server's list of processes and its slow log. It is the first
     * method on the stack that is not of Rowan, jOOQ, Spring or Java. A merged statement names that of one caller, or
     * none.
     */
    @CheckReturnValue
    public DatabaseOptions withSqlComments() {
        return with(draft -> draft.sqlComments = true);
    }

    /**
     * Returns these options with a hook that adds to jOOQ's configuration. It runs after the hooks that were added
     * before.
     *
     * <pre>{@code
     * options.withConfiguration(configuration -> configuration.deriveAppending(new TracingListener()))
     * }</pre>
     *
     * <p>It applies to {@code dsl()} and to repositories. In repositories,
     *
     * <ul>
     *   <li>an ExecuteListener is notified of the start and the end of each statement, with its SQL, time, failure and
     *       written rows, but not of each row; repositories are faster without one;
     *   <li>VisitListeners and settings apply when SQL is rendered, which happens once for most queries: they must
     *       depend on code alone, and must not add bind values;
     *   <li>RecordListeners are not notified, because jOOQ does not store the records.
     * </ul>
     *
     * <p>Settings that Rowan relies on override the hook's. {@link dev.rowan.Database#open} throws an
     * IllegalArgumentException if the hook sets another dialect, connection provider or transaction provider.
     */
    @CheckReturnValue
    public DatabaseOptions withConfiguration(UnaryOperator<Configuration> more) {
        Objects.requireNonNull(more, "configuration");
        return with(draft -> draft.configuration = before -> more.apply(configuration.apply(before)));
    }

    /**
     * Returns these options with an observer, which is told of each statement and transaction. It takes the place of
     * one that was set before.
     *
     * <pre>{@code
     * options.withObserver(RowanObservations.in(observationRegistry))
     * }</pre>
     */
    @CheckReturnValue
    public DatabaseOptions withObserver(DatabaseObserver told) {
        return with(draft -> draft.observer = Optional.of(told));
    }

    /** Returns the options without the password, and without the properties in the URL, which may hold others. */
    @Override
    public String toString() {
        return "DatabaseOptions[url=" + MysqlUrl.SCHEME + MysqlUrl.parse(url) + ", user=" + user
                + ", password=***, poolSize="
                + poolSize
                + ", connectTimeout=" + connectTimeout + ", poolTimeout=" + poolTimeout + ", statementTimeout="
                + statementTimeout + ", socketTimeout=" + socketTimeout + ", retry=" + retry + ", merging=" + merging
                + ", slowStatement="
                + slowStatement + ", logValues=" + logValues + "]";
    }

    private static void requirePositive(Duration time, String name) {
        Objects.requireNonNull(time, name);
        require(time.isPositive(), name, "be longer than zero");
    }

    private static void requireLimit(Duration limit, String name) {
        requirePositive(limit, name);
        require(limit.compareTo(LONGEST) <= 0, name, "be at most 24 days");
    }

    private static void require(boolean holds, String name, String must) {
        if (!holds) {
            throw new IllegalArgumentException("The " + name + " must " + must + ".");
        }
    }

    private DatabaseOptions with(Consumer<Draft> change) {
        var draft = new Draft(url, user, password);
        draft.poolSize = poolSize;
        draft.connectTimeout = connectTimeout;
        draft.poolTimeout = poolTimeout;
        draft.statementTimeout = statementTimeout;
        draft.socketTimeout = socketTimeout;
        draft.retry = retry;
        draft.merging = merging;
        draft.slowStatement = slowStatement;
        draft.logValues = logValues;
        draft.sqlComments = sqlComments;
        draft.configuration = configuration;
        draft.observer = observer;
        change.accept(draft);
        return draft.options();
    }

    /** A mutable copy, with the defaults at first. The values are checked when the options are created. */
    private static final class Draft {

        private final String url;
        private final String user;
        private final String password;
        private int poolSize = 10;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration poolTimeout = Duration.ofSeconds(5);
        private Duration statementTimeout = Duration.ofSeconds(30);
        private Duration socketTimeout = Duration.ofSeconds(60);
        private RetryPolicy retry = RetryPolicy.standard();
        private Merging merging = Merging.READS;
        private Duration slowStatement = Duration.ofSeconds(1);
        private boolean logValues;
        private boolean sqlComments;
        private UnaryOperator<Configuration> configuration = UnaryOperator.identity();
        private Optional<DatabaseObserver> observer = Optional.empty();

        private Draft(String url, String user, String password) {
            this.url = url;
            this.user = user;
            this.password = password;
        }

        private DatabaseOptions options() {
            return new DatabaseOptions(
                    url,
                    user,
                    password,
                    poolSize,
                    connectTimeout,
                    poolTimeout,
                    statementTimeout,
                    socketTimeout,
                    retry,
                    merging,
                    slowStatement,
                    logValues,
                    sqlComments,
                    configuration,
                    observer);
        }
    }
}
