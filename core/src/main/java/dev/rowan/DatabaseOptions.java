package dev.rowan;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How to reach a database, and the limits within which to wait for it. Immutable.
 *
 * <p>Nothing blocks for ever: each wait has a limit, and zero is refused.
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
 */
public record DatabaseOptions(
        String url,
        String user,
        String password,
        int poolSize,
        Duration connectTimeout,
        Duration poolTimeout,
        Duration statementTimeout,
        Duration socketTimeout) {

    private static final Pattern URL = Pattern.compile("jdbc:mysql://[^/?]+/[^/?]+(\\?.*)?");
    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?]*@");
    private static final Pattern SECRET = Pattern.compile("(?i)(password\\w*\\s*=)[^&),]*");

    /** Checks the values. @throws IllegalArgumentException that names the one that is wrong */
    public DatabaseOptions {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        require(URL.matcher(url).matches(), "url", "name a server and a database, as jdbc:mysql://host:3306/shop does");
        require(
                !url.toLowerCase(Locale.ROOT).contains("useaffectedrows=true"),
                "url",
                "not set useAffectedRows=true, under which an update that changes nothing looks like a missing row");
        require(poolSize > 0, "poolSize", "be at least 1");
        requirePositive(connectTimeout, "connectTimeout");
        requirePositive(poolTimeout, "poolTimeout");
        requirePositive(statementTimeout, "statementTimeout");
        require(
                socketTimeout.compareTo(statementTimeout) > 0,
                "socketTimeout",
                "be longer than statementTimeout, or the answer to a slow statement is lost");
    }

    /** Returns options with the defaults. */
    public static DatabaseOptions of(String url, String user, String password) {
        return new DatabaseOptions(
                url,
                user,
                password,
                10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    /** Returns these options with another size of the pool. */
    public DatabaseOptions withPoolSize(int size) {
        return new DatabaseOptions(
                url, user, password, size, connectTimeout, poolTimeout, statementTimeout, socketTimeout);
    }

    /** Returns these options with another longest wait for a connection to be made. */
    public DatabaseOptions withConnectTimeout(Duration timeout) {
        return new DatabaseOptions(
                url, user, password, poolSize, timeout, poolTimeout, statementTimeout, socketTimeout);
    }

    /** Returns these options with another longest wait for a connection of the pool. */
    public DatabaseOptions withPoolTimeout(Duration timeout) {
        return new DatabaseOptions(
                url, user, password, poolSize, connectTimeout, timeout, statementTimeout, socketTimeout);
    }

    /** Returns these options with another longest work on a query; the socket's limit stays 30 seconds above, or more. */
    public DatabaseOptions withStatementTimeout(Duration timeout) {
        var above = timeout.plusSeconds(30);
        return new DatabaseOptions(
                url,
                user,
                password,
                poolSize,
                connectTimeout,
                poolTimeout,
                timeout,
                socketTimeout.compareTo(above) < 0 ? above : socketTimeout);
    }

    /** Returns these options with another longest wait for the next byte of an answer. */
    public DatabaseOptions withSocketTimeout(Duration timeout) {
        return new DatabaseOptions(
                url, user, password, poolSize, connectTimeout, poolTimeout, statementTimeout, timeout);
    }

    /** Returns the URL without the secrets that may stand in it. */
    String shownUrl() {
        return SECRET.matcher(LOGIN.matcher(url).replaceAll("***@")).replaceAll("$1***");
    }

    /** Returns all but the password, and all but the secrets in the URL. */
    @Override
    public String toString() {
        return "DatabaseOptions[url=" + shownUrl() + ", user=" + user + ", password=***, poolSize=" + poolSize
                + ", connectTimeout=" + connectTimeout + ", poolTimeout=" + poolTimeout + ", statementTimeout="
                + statementTimeout + ", socketTimeout=" + socketTimeout + "]";
    }

    private static void requirePositive(Duration timeout, String name) {
        require(timeout.isPositive(), name, "be longer than zero");
    }

    private static void require(boolean holds, String name, String must) {
        if (!holds) throw new IllegalArgumentException("The " + name + " must " + must + ".");
    }
}
