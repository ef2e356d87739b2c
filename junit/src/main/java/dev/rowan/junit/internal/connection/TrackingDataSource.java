package dev.rowan.junit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a test's schema, without a pool, that note what runs on them and whether they are given back; while a
 * test is rolled back, they are all the same one. Thread-safe.
 */
final class WatchedConnections implements DataSource {

    private final String url;
    private final Properties properties = new Properties();
    private final Set<WatchedConnection> borrowed = ConcurrentHashMap.newKeySet();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile Set<WatchedConnection> borrowedBefore = Set.of();
    private volatile @Nullable RolledBack transaction;

    WatchedConnections(String url, String user, String password) {
        this.url = url;
        // the settings that Rowan asks of a data source, and its own pool has
        properties.putAll(Map.of(
                "user", user,
                "password", password,
                "connectTimeout", "5000",
                "socketTimeout", "60000",
                "connectionTimeZone", "UTC",
                "forceConnectionTimeZoneToSession", "true",
                "preserveInstants", "false",
                "sessionVariables", "group_concat_max_len=4294967295"));
    }

    /** Returns the texts that ran since the test began. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    void begin(boolean rolledBack) throws SQLException {
        statements.clear();
        borrowedBefore = Set.copyOf(borrowed);
        if (rolledBack) {
            transaction = RolledBack.begin(connect());
        }
    }

    /** Ends the test's transaction and what it did not give back, and returns what there is to say against it. */
    Optional<AssertionError> end() {
        var kept = new ArrayList<>(borrowed);
        kept.removeAll(borrowedBefore);
        var leak = leak(kept);
        var rolledBack = transaction;
        if (rolledBack == null) {
            return leak;
        }
        transaction = null;
        var escaped = rolledBack.end();
        return leak.or(() -> escaped);
    }

    /** Ends what nobody gave back, and returns what there is to say against it. */
    Optional<AssertionError> close() {
        return leak(List.copyOf(borrowed));
    }

    @Override
    public Connection getConnection() throws SQLException {
        var borrowedAt = new Throwable("The connection was borrowed here:");
        var rolledBack = transaction;
        var connection = rolledBack == null ? connect() : rolledBack.borrow(borrowedAt);
        return new WatchedConnection(connection, rolledBack, borrowedAt, statements, borrowed).proxy();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    private static Optional<AssertionError> leak(Collection<WatchedConnection> kept) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        var leaks = new ArrayList<Throwable>();
        for (var connection : kept) {
            leaks.add(connection.borrowedAt());
            connection.endQuietly();
        }
        var failure = new AssertionError(
                (kept.size() == 1
                                ? "A connection of dataSource() was"
                                : kept.size() + " connections of dataSource() were")
                        + " not closed. Open connections in a try-with-resources statement. (A pool is for url().)",
                leaks.get(0));
        leaks.stream().skip(1).forEach(failure::addSuppressed);
        return Optional.of(failure);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The test's database has one user. Use getConnection().");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return DriverManager.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        throw new SQLFeatureNotSupportedException("See DriverManager.");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("See DriverManager.");
    }

    @Override
    public int getLoginTimeout() {
        return DriverManager.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("The driver does not log by java.util.logging.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (isWrapperFor(type)) {
            return type.cast(this);
        }
        throw new SQLException("This data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "the connections of a TestDatabase";
    }
}
