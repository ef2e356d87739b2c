package dev.rowan.config;

import dev.rowan.internal.util.JdbcUrl;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jooq.Configuration;

/**
 * How to reach a database, and the limits within which to wait for it. Immutable.
 *
 * <p>Nothing blocks for ever: each wait has a limit, longer than zero and of at most 24 days. What the driver and
 * the server count is cut to whole milliseconds, a wait for a lock to whole seconds, and is one at least.
 *
 * @param url a {@code jdbc:mysql://} URL that names a server and a database; properties of the driver in it are kept,
 *     but for the login and the settings that Rowan relies on
 * @param user the user to log in as
 * @param password the user's password; never shown
 * @param poolSize the most connections that are open at once; 10 by default
 * @param connectTimeout the longest wait for a connection to be made; 5 seconds by default
 * @param poolTimeout the longest wait for a connection of the pool; 5 seconds by default
 * @param statementTimeout the longest that the server works on a query, and that a statement waits for a lock; 30
 *     seconds by default
 * @param socketTimeout the longest wait for the next byte of an answer; 60 seconds by default, and longer than
 *     {@code statementTimeout}
 * @param retry how often a transaction is run again that failed in passing; {@link RetryPolicy#standard()} by default
 * @param merging which calls that wait at the same moment become one statement; {@link Merging#READS} by default
 * @param slowStatement how long a statement may take before the log has it at WARN; 1 second by default
 * @param logValues whether the log shows the values of statements; false by default
 * @param configuration what is added to jOOQ's configuration: listeners, converters, a mapping of schemas; nothing by
 *     default
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
        UnaryOperator<Configuration> configuration) {

    /** As many milliseconds as the driver can count. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** How much longer than for the server's work an answer is waited for: time for the network, and for large rows. */
    private static final Duration SOCKET_MARGIN = Duration.ofSeconds(30);

    private static final Pattern URL = Pattern.compile("jdbc:mysql://[^/?]+/[^/?]+(\\?.*)?");

    /** Checks the values. @throws IllegalArgumentException that names the one that is wrong */
    public DatabaseOptions {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        require(
                url.startsWith("jdbc:mysql://"),
                "url",
                "begin with jdbc:mysql:// for MariaDB too, whose server the driver of MySQL talks to as well");
        require(URL.matcher(url).matches(), "url", "name a server and a database, as jdbc:mysql://host:3306/shop does");
        require(
                !url.toLowerCase(Locale.ROOT).contains("useaffectedrows=true"),
                "url",
                "not set useAffectedRows=true, under which an update that changes nothing looks like a missing row");
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
    }

    /** Returns options with the defaults. */
    public static DatabaseOptions of(String url, String user, String password) {
        return new Draft(url, user, password).options();
    }

    /** Returns these options with another size of the pool. */
    public DatabaseOptions withPoolSize(int size) {
        return with(draft -> draft.poolSize = size);
    }

    /** Returns these options with another longest wait for a connection to be made. */
    public DatabaseOptions withConnectTimeout(Duration timeout) {
        return with(draft -> draft.connectTimeout = timeout);
    }

    /** Returns these options with another longest wait for a connection of the pool. */
    public DatabaseOptions withPoolTimeout(Duration timeout) {
        return with(draft -> draft.poolTimeout = timeout);
    }

    /** Returns these options with another longest work on a query; the socket's limit stays 30 seconds above, or more. */
    public DatabaseOptions withStatementTimeout(Duration timeout) {
        requireLimit(timeout, "statementTimeout"); // or the sum may be none
        var above = timeout.plus(SOCKET_MARGIN);
        return with(draft -> {
            draft.statementTimeout = timeout;
            draft.socketTimeout = socketTimeout.compareTo(above) < 0 ? above : socketTimeout;
        });
    }

    /** Returns these options with another longest wait for the next byte of an answer. */
    public DatabaseOptions withSocketTimeout(Duration timeout) {
        return with(draft -> draft.socketTimeout = timeout);
    }

    /** Returns these options with another policy for transactions that failed in passing. */
    public DatabaseOptions withRetry(RetryPolicy policy) {
        return with(draft -> draft.retry = policy);
    }

    /**
     * Returns these options with other calls merged: those of one kind that wait at the same moment become one statement.
     *
     * <pre>{@code
     * options.withMerging(Merging.ALL)
     * }</pre>
     */
    public DatabaseOptions withMerging(Merging calls) {
        return with(draft -> draft.merging = calls);
    }

    /**
     * Returns these options with another time from which on a statement is slow: the log {@code dev.rowan.sql} has it at
     * WARN, and all others at DEBUG. The time is the server's answer's, without the reading of rows.
     */
    public DatabaseOptions withSlowStatement(Duration time) {
        return with(draft -> draft.slowStatement = time);
    }

    /**
     * Returns these options with the values of statements in the log {@code dev.rowan.sql}, after each text: long ones
     * cut, bytes by their number. For a developer's own machine, never where values are secret.
     */
    public DatabaseOptions withLoggedValues() {
        return with(draft -> draft.logValues = true);
    }

    /**
     * Returns these options with more in jOOQ's configuration: what this adds comes after what was there.
     *
     * <pre>{@code
     * options.withConfiguration(configuration -> configuration.deriveAppending(new TracingListener()))
     * }</pre>
     *
     * <p>It holds in {@code dsl()} and in repositories alike, where
     *
     * <ul>
     *   <li>an ExecuteListener hears of each statement from its start to its end, with text, time, failure and rows
     *       written, but not of each row; repositories are faster without one;
     *   <li>VisitListeners and settings take part when a text is rendered, which for most queries of a repository is once:
     *       they must depend on code alone, and may not add values to bind;
     *   <li>RecordListeners hear of nothing, since a record is not stored by jOOQ.
     * </ul>
     *
     * <p>Settings that Rowan relies on are set again. {@link dev.rowan.Database#open} refuses another dialect, connection provider
     * or transaction provider, with an IllegalArgumentException.
     */
    public DatabaseOptions withConfiguration(UnaryOperator<Configuration> more) {
        Objects.requireNonNull(more, "configuration");
        return with(draft -> draft.configuration = before -> more.apply(configuration.apply(before)));
    }

    /** Returns all but the password, and all but the secrets in the URL. */
    @Override
    public String toString() {
        return "DatabaseOptions[url=" + JdbcUrl.withoutSecrets(url) + ", user=" + user + ", password=***, poolSize="
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
        draft.configuration = configuration;
        change.accept(draft);
        return draft.options();
    }

    /** Options while they change: the defaults first. They are checked when they are made. */
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
        private UnaryOperator<Configuration> configuration = UnaryOperator.identity();

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
                    configuration);
        }
    }
}
