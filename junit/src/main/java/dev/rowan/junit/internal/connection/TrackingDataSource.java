package dev.rowan.junit.internal.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source for a test's schema, without a pool. It records the statements that run on its connections, and reports
 * connections that are not closed. In a test that is rolled back, it has one connection. Thread-safe.
 */
public final class TrackingDataSource implements DataSource {

    /** The longest wait for an answer of the server. */
    private static final Duration NETWORK_TIMEOUT = Duration.ofMinutes(1);

    private final DataSource source;
    private final Set<TrackingConnection> borrowed = ConcurrentHashMap.newKeySet();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile Set<TrackingConnection> borrowedBefore = Set.of();
    private volatile @Nullable TestTransaction transaction;

    /** Creates a data source of this one's connections. */
    public TrackingDataSource(DataSource source) {
        this.source = source;
    }

    /** Returns the texts of the statements that ran since the test began. */
    public List<String> statements() {
        return List.copyOf(statements);
    }

    /** Begins a test. */
    public void begin(boolean rolledBack) throws SQLException {
        statements.clear();
        borrowedBefore = Set.copyOf(borrowed);
        if (rolledBack) {
            transaction = TestTransaction.begin(connect());
        }
    }

    /**
     * Ends a test: closes its connections, rolls back its transaction, and returns the failure that it is to end with.
     */
    public Optional<AssertionError> end() {
        var leaked = new ArrayList<>(borrowed);
        leaked.removeAll(borrowedBefore);
        var leak = reportLeaks(leaked);
        var rolledBack = transaction;
        if (rolledBack == null) {
            return leak;
        }
        transaction = null;
        var ended = rolledBack.end();
        return leak.or(() -> ended);
    }

    /** Closes the connections that are still borrowed, and returns the failure if there are any. */
    public Optional<AssertionError> close() {
        return reportLeaks(List.copyOf(borrowed));
    }

    @Override
    public Connection getConnection() throws SQLException {
        var borrowedAt = new Throwable("The connection was borrowed here:");
        var rolledBack = transaction;
        var connection = rolledBack == null ? connect() : rolledBack.borrow(borrowedAt);
        return new TrackingConnection(connection, rolledBack, borrowedAt, statements, borrowed).proxy();
    }

    private Connection connect() throws SQLException {
        var connection = source.getConnection();
        connection.setNetworkTimeout(Runnable::run, (int) NETWORK_TIMEOUT.toMillis());
        return connection;
    }

    private static Optional<AssertionError> reportLeaks(Collection<TrackingConnection> leaked) {
        if (leaked.isEmpty()) {
            return Optional.empty();
        }
        var origins = new ArrayList<Throwable>();
        for (var connection : leaked) {
            origins.add(connection.borrowedAt());
            connection.closeLeaked();
        }
        var failure = new AssertionError(
                (leaked.size() == 1
                                ? "A connection of dataSource() was"
                                : leaked.size() + " connections of dataSource() were")
                        + " not closed. Open connections in a try-with-resources statement."
                        + " (To use a pool, connect it to url().)",
                origins.get(0));
        origins.stream().skip(1).forEach(failure::addSuppressed);
        return Optional.of(failure);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The test database has one user. Use getConnection().");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        throw new SQLFeatureNotSupportedException("The data source of a TestDatabase has no settings.");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("The data source of a TestDatabase has no settings.");
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("The driver does not use java.util.logging.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (isWrapperFor(type)) {
            return type.cast(this);
        }
        throw new SQLException("The data source of a TestDatabase does not implement " + type.getName() + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public String toString() {
        return "the data source of a TestDatabase";
    }
}
