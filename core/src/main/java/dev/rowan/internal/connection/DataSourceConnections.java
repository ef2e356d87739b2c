package dev.rowan.internal.connection;

import dev.rowan.internal.failure.ConnectExceptionTranslator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a DataSource of the user's. One that is given out with autocommit off is within a transaction of
 * somebody else's: nothing here ends that transaction, or the connection.
 */
public final class DataSourceConnections implements ConnectionSource {

    private static final Logger LOG = LoggerFactory.getLogger(DataSourceConnections.class);

    private final DataSource source;
    private final Set<Connection> joined = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile boolean closed;

    public DataSourceConnections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection borrow() {
        if (closed) {
            throw ConnectionSource.closed();
        }
        try {
            var connection = source.getConnection();
            inUse.incrementAndGet();
            return marked(connection);
        } catch (SQLException e) {
            throw ConnectExceptionTranslator.typed(e, "the DataSource");
        }
    }

    private Connection marked(Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                // some proxies connect only now
                joined.add(connection);
            }
            return connection;
        } catch (Throwable failure) {
            giveBack(connection);
            throw failure;
        }
    }

    @Override
    public void giveBack(Connection connection) {
        inUse.decrementAndGet();
        joined.remove(connection);
        try {
            connection.close();
        } catch (SQLException e) {
            // what the statements answered stands
            LOG.warn("A connection could not be given back to its DataSource: {}", e.getSQLState());
        }
    }

    /** Cuts the connection, which its pool then throws away; but not from under a transaction of somebody else's. */
    @Override
    public void discard(Connection connection) {
        if (!isJoined(connection)) {
            cut(connection);
        }
        giveBack(connection);
    }

    @Override
    public boolean isJoined(Connection connection) {
        return joined.contains(connection);
    }

    @Override
    public int inUse() {
        return inUse.get();
    }

    @Override
    public void close() {
        closed = true;
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
            connection.createStatement().close(); // fails, and so tells the pool
        } catch (SQLException e) {
            // as was meant
        }
    }
}
