package dev.rowan.internal.connection;

import dev.rowan.config.TransactionBridge;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.failure.ConnectExceptionTranslator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of the user's own DataSource. A connection with autocommit off is in a transaction that its owner
 * ends: this class ends neither that transaction nor the connection.
 */
public final class DataSourceConnections implements ConnectionSource {

    private static final Logger LOG = LoggerFactory.getLogger(DataSourceConnections.class);

    private final DataSource source;
    private final Optional<TransactionBridge> bridge;
    private final Set<Connection> joined = ConcurrentHashMap.newKeySet();
    private final EndedTransactions ended = new EndedTransactions();
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Creates the source of a DataSource, which stays open after {@link #close()}.
     *
     * @param bridge prevents the commit of a transaction that the server has ended
     */
    public DataSourceConnections(DataSource source, Optional<TransactionBridge> bridge) {
        this.source = source;
        this.bridge = bridge;
    }

    @Override
    public Connection borrow() {
        if (closed) {
            throw ConnectionSource.closed();
        }
        try {
            var connection = source.getConnection();
            inUse.incrementAndGet();
            return withJoinedNoted(connection);
        } catch (SQLException e) {
            throw ConnectExceptionTranslator.typed(e, "the DataSource");
        }
    }

    private Connection withJoinedNoted(Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) {
                // some proxies connect only here
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
        } catch (SQLException | RuntimeException e) {
            // the results of the statements are valid
            LOG.warn("A connection could not be returned to its DataSource: {}", ConnectionSource.reason(e));
        }
    }

    /** Aborts the connection, so that its pool evicts it; a connection in its owner's transaction is only returned. */
    @Override
    public void discard(Connection connection) {
        if (!isJoined(connection)) {
            abort(connection);
        }
        giveBack(connection);
    }

    @Override
    public void stopStatement(Connection running) {
        ConnectionSource.stopStatement(running, source::getConnection);
    }

    @Override
    public boolean isJoined(Connection connection) {
        return joined.contains(connection);
    }

    @Override
    public void requireOpen(Connection connection) {
        if (isJoined(connection)) {
            ended.requireOpen(connection);
        }
    }

    @Override
    public void failed(Connection connection, DatabaseException failure) {
        if (isJoined(connection)) {
            var ending = TransactionEnding.by(failure, () -> EndedTransactions.state(connection));
            if (ending != null) {
                addEnded(connection, ending);
            }
        }
    }

    @Override
    public void ended(Connection connection, TransientFailure ending) {
        if (isJoined(connection)) {
            addEnded(connection, ending);
        }
    }

    private void addEnded(Connection connection, TransientFailure ending) {
        ended.add(connection, ending);
        try {
            bridge.ifPresent(manager -> manager.register(new CommitCheck(ending)));
        } catch (IllegalStateException e) {
            // the owner is not the manager of the bridge: nobody asks before its commit
        }
    }

    /** Prevents the commit of a transaction that the server has ended, though its owner may have caught the failure. */
    private final class CommitCheck implements TransactionBridge.Participant {

        private final TransientFailure ending;
        private boolean isChecked;

        private CommitCheck(TransientFailure ending) {
            this.ending = ending;
        }

        @Override
        public void beforeCommit() {
            isChecked = true;
            var connection = borrow();
            try {
                requireOpen(connection);
            } finally {
                giveBack(connection);
            }
        }

        /** The failure may have come while the owner was about to commit, which has then committed nothing. */
        @Override
        public void afterCommit() {
            if (!isChecked) {
                throw TransactionEnding.refusal(ending);
            }
        }
    }

    @Override
    public int inUse() {
        return inUse.get();
    }

    @Override
    public void close() {
        closed = true;
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
            connection.createStatement().close(); // fails, which makes the pool evict the connection
        } catch (SQLException | RuntimeException e) {
            // expected
        }
    }
}
