package dev.rowan.internal.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.driver.ConnectorJ;
import dev.rowan.internal.driver.LocalInfile;
import dev.rowan.internal.failure.ConnectExceptionTranslator;
import dev.rowan.internal.util.Deadline;
import dev.rowan.internal.util.MysqlUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rowan's own connection pool, with the settings of the driver and the session that Rowan relies on. */
public final class HikariConnections implements ConnectionSource {

    /** The longest SQL, in characters, whose statement the driver keeps prepared. */
    public static final int LONGEST_PREPARED = 16_384;

    /** The shortest connection timeout that HikariCP accepts, in milliseconds. */
    private static final int MINIMUM_TIMEOUT = 250;

    private static final Logger LOG = LoggerFactory.getLogger(HikariConnections.class);

    private final HikariPool pool;
    private final DatabaseOptions options;
    private final MysqlUrl url;
    private final String target;

    /**
     * One permit for each connection, so that callers wait here: virtual threads that wait in HikariCP may spin, and
     * block the threads that would return a connection.
     */
    private final Semaphore permits;

    /** The open connections that are not in the pool: those of bulk loads. */
    private final AtomicInteger apart = new AtomicInteger();

    private HikariConnections(HikariPool pool, DatabaseOptions options) {
        this.pool = pool;
        this.options = options;
        this.url = MysqlUrl.parse(options.url());
        this.target = target(url);
        this.permits = new Semaphore(options.poolSize(), true);
    }

    /** Opens a pool with one connection. @throws dev.rowan.error.DatabaseException if that connection fails */
    public static HikariConnections open(DatabaseOptions options) {
        try {
            return new HikariConnections(new HikariPool(settings(options)), options);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? ConnectExceptionTranslator.typed(cause, target(MysqlUrl.parse(options.url())))
                    : e;
        }
    }

    /** Returns the address for messages. */
    private static String target(MysqlUrl url) {
        return MysqlUrl.SCHEME + url;
    }

    @Override
    public Connection borrow() {
        refuseClosed();
        var deadline = deadline();
        acquire(deadline);
        Connection connection = null;
        try {
            refuseClosed(); // the pool may have been closed meanwhile
            connection = pool.getConnection(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            return connection;
        } catch (SQLException e) {
            refuseClosed();
            throw ConnectExceptionTranslator.typed(e, target);
        } finally {
            if (connection == null) {
                permits.release();
            }
        }
    }

    /** HikariCP resets what was set through JDBC, and evicts the connection if it is broken. */
    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            // the results of the statements are valid; the pool has already released the connection
            LOG.warn("A connection could not be returned to the pool: {}", ConnectionSource.reason(e));
        } finally {
            permits.release();
        }
    }

    @Override
    public void discard(Connection connection) {
        if (isBroken(connection)) {
            pool.softEvictConnections();
            giveBack(connection);
        } else {
            pool.evictConnection(connection); // closes it, which must not happen twice
            permits.release();
        }
    }

    /** If one connection is broken, all may be: the pool does not test a connection that was used a moment ago. */
    private static boolean isBroken(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException | RuntimeException e) {
            return true;
        }
    }

    @Override
    public Optional<ConnectionSource> forInfile() {
        var properties = settings(options).getDataSourceProperties();
        properties.setProperty("user", options.user());
        properties.setProperty("password", options.password());
        properties.putAll(LocalInfile.properties());
        return Optional.of(new InfileConnections(url.forDriver(), target, properties, this));
    }

    @Override
    public int inUse() {
        return pool.getActiveConnections() + apart.get();
    }

    @Override
    public void stopStatement(Connection running) {
        ConnectionSource.stopStatement(running, pool.getUnwrappedDataSource()::getConnection);
    }

    @Override
    public int waiting() {
        return permits.getQueueLength();
    }

    @Override
    public void close() {
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until one more connection may be opened apart from the pool: it takes the place of one in the pool. */
    void beginApart() {
        refuseClosed();
        acquire(deadline());
        apart.incrementAndGet();
    }

    /** Notes that a connection apart from the pool is closed. */
    void endApart() {
        apart.decrementAndGet();
        permits.release();
    }

    /** Returns when a caller that waits for a connection from now on gives up. */
    private long deadline() {
        return System.nanoTime()
                + Math.min(options.poolTimeout().toNanos(), Deadline.current().nanosLeft());
    }

    private void acquire(long deadline) {
        try {
            if (!permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw exhausted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectExceptionTranslator.interrupted(e);
        }
    }

    private TransientFailure exhausted() {
        return ConnectExceptionTranslator.exhausted(
                target,
                "total=" + pool.getTotalConnections() + ", active=" + pool.getActiveConnections() + ", waiting="
                        + waiting());
    }

    private void refuseClosed() {
        if (pool.poolState == HikariPool.POOL_SHUTDOWN) {
            throw ConnectionSource.closed();
        }
    }

    private static HikariConfig settings(DatabaseOptions options) {
        var config = new HikariConfig();
        config.setPoolName("rowan");
        var url = MysqlUrl.parse(options.url());
        config.setJdbcUrl(url.forDriver());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(
                Math.max(MINIMUM_TIMEOUT, options.poolTimeout().toMillis()));
        config.setInitializationFailTimeout(1);
        ConnectionSettings.forPools().forEach(config::addDataSourceProperty);
        config.addDataSourceProperty("sessionVariables", sessionVariables(url, options.statementTimeout()));

        // jOOQ binds a LocalDateTime without a column as a Timestamp in the JVM's time zone, which must not be
        // converted.
        config.addDataSourceProperty("preserveInstants", "false");
        config.addDataSourceProperty("characterEncoding", "UTF-8");
        // The server, not Java, converts other character sets to Unicode: Java has no U+0081 in latin1.
        config.addDataSourceProperty("characterSetResults", "UTF-8");
        // Timeouts: for the handshake, the driver has only the socket's.
        config.addDataSourceProperty("connectTimeout", millis(options.connectTimeout()));
        config.addDataSourceProperty("socketTimeout", millis(options.socketTimeout()));
        ConnectorJ.socketFactory().ifPresent(name -> config.addDataSourceProperty("socketFactory", name));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // otherwise the driver sends two more statements for each result that is read row by row: see net_write_timeout
        config.addDataSourceProperty("netTimeoutForStreamingResults", "0");
        // setReadOnly is not sent to the server: Rowan starts READ ONLY transactions itself.
        config.addDataSourceProperty("readOnlyPropagatesToServer", "false");
        // Disabled for security: files of this machine, several statements in one SQL text.
        config.addDataSourceProperty("allowLoadLocalInfile", "false");
        config.addDataSourceProperty("allowMultiQueries", "false");
        config.validate();
        return config;
    }

    /** Returns the settings of a session: the last assignment counts, so that those of the URL change none of them. */
    private static String sessionVariables(MysqlUrl url, Duration statementTimeout) {
        var seconds = lockWait(statementTimeout).toSeconds();
        var own = SessionSetting.assignments()
                + ", lock_wait_timeout = " + seconds
                + ", innodb_lock_wait_timeout = " + seconds
                // how long the server waits for a client that reads row by row
                + ", net_write_timeout = 600";
        var others = url.properties().get("sessionVariables");
        return others == null ? own : others + ", " + own;
    }

    /**
     * Returns how long the server waits for a lock: a second less than the statement timeout, so that the server
     * reports the lock before the statement is stopped. It counts whole seconds, and one at least.
     */
    private static Duration lockWait(Duration statementTimeout) {
        return Duration.ofSeconds(Math.max(1, statementTimeout.toSeconds() - 1));
    }

    /**
     * Returns the limit of a statement that may wait for a lock: not less than that wait, which the server ends up to a
     * second late, but less than the socket timeout.
     */
    public static Duration lockTimeout(DatabaseOptions options) {
        var withLock = lockWait(options.statementTimeout()).plusMillis(1_500);
        var most = options.socketTimeout().multipliedBy(9).dividedBy(10);
        return Collections.max(List.of(options.statementTimeout(), Collections.min(List.of(withLock, most))));
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1, duration.toMillis()));
    }
}
