package dev.rowan.internal.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.error.TransientFailure;
import dev.rowan.internal.driver.ConnectorJ;
import dev.rowan.internal.failure.ConnectExceptionTranslator;
import dev.rowan.internal.util.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rowan's own pool of connections, with the settings of driver and session that the rest of Rowan relies on. */
public final class HikariConnections implements ConnectionSource {

    /** The longest text of which the driver keeps the statement prepared, in characters. */
    public static final int LONGEST_PREPARED = 16_384;

    /** HikariCP refuses a shorter wait for a connection, in milliseconds. */
    private static final int LEAST_WAIT = 250;

    private static final Logger LOG = LoggerFactory.getLogger(HikariConnections.class);

    /** What MySQL calls strict: a value that does not fit is an error, never a silent change. */
    private static final String SQL_MODE = "STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
            + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY";

    private final HikariDataSource pool;
    private final DatabaseOptions options;
    private final String target;

    /**
     * As many permits as connections, so that those who wait do it here: virtual threads that wait in HikariCP may spin,
     * and keep those that would give a connection back from running.
     */
    private final Semaphore permits;

    private HikariConnections(HikariDataSource pool, DatabaseOptions options) {
        this.pool = pool;
        this.options = options;
        this.target = JdbcUrl.withoutSecrets(options.url());
        this.permits = new Semaphore(options.poolSize(), true);
    }

    /** Opens a pool, with one connection to begin with. */
    public static HikariConnections open(DatabaseOptions options) {
        try {
            return new HikariConnections(new HikariDataSource(settings(options)), options);
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause
                    ? ConnectExceptionTranslator.typed(cause, JdbcUrl.withoutSecrets(options.url()))
                    : e;
        }
    }

    @Override
    public Connection borrow() {
        refuseClosed();
        acquire();
        Connection connection = null;
        try {
            connection = pool.getConnection();
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

    /** HikariCP sets back what was set through JDBC, and throws the connection away if it is broken. */
    @Override
    public void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // what the statements answered stands; the pool has already let go of the connection
            LOG.warn("A connection could not be given back to the pool: {}", e.getSQLState());
        } finally {
            permits.release();
        }
    }

    @Override
    public void discard(Connection connection) {
        if (isBroken(connection)) {
            pool.getHikariPoolMXBean().softEvictConnections();
            giveBack(connection);
        } else {
            pool.evictConnection(connection); // closes it, which must not be done twice
            permits.release();
        }
    }

    /** What broke one may have broken all, and the pool hands out without a look what was used a moment ago. */
    private static boolean isBroken(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public Optional<ConnectionSource> forFiles() {
        var settings = settings(options);
        var properties = settings.getDataSourceProperties();
        properties.setProperty("user", options.user());
        properties.setProperty("password", options.password());
        properties.setProperty("allowLoadLocalInfile", "true");
        // with none, the server would keep to itself that it bent a value
        var withWarnings = settings.getConnectionInitSql() + ", max_error_count = 64";
        return Optional.of(new InfileConnections(options.url(), target, properties, withWarnings));
    }

    @Override
    public int inUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public int waiting() {
        return permits.getQueueLength();
    }

    @Override
    public void close() {
        pool.close();
    }

    private void acquire() {
        try {
            if (!permits.tryAcquire(options.poolTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw exhausted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectionSource.interrupted(e);
        }
    }

    private TransientFailure exhausted() {
        var counts = pool.getHikariPoolMXBean();
        return ConnectExceptionTranslator.exhausted(
                target,
                "total=" + counts.getTotalConnections() + ", active=" + counts.getActiveConnections() + ", waiting="
                        + waiting());
    }

    private void refuseClosed() {
        if (pool.isClosed()) {
            throw ConnectionSource.closed();
        }
    }

    private static HikariConfig settings(DatabaseOptions options) {
        var config = new HikariConfig();
        config.setPoolName("rowan");
        config.setJdbcUrl(options.url());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(LEAST_WAIT, options.poolTimeout().toMillis()));
        config.setInitializationFailTimeout(1);
        config.setConnectionInitSql(sessionSettings(options.statementTimeout()));

        // Statements prepared on the server and kept: 1.31 of raw JDBC without, 1.0 with. Prepared but not kept: 2.19.
        config.addDataSourceProperty("useServerPrepStmts", "true");
        config.addDataSourceProperty("cachePrepStmts", "true");
        config.addDataSourceProperty("prepStmtCacheSize", "256");
        config.addDataSourceProperty("prepStmtCacheSqlLimit", String.valueOf(LONGEST_PREPARED));
        // Time is UTC on the wire, whatever the zone of this JVM or of the server.
        config.addDataSourceProperty("connectionTimeZone", "UTC");
        config.addDataSourceProperty("forceConnectionTimeZoneToSession", "true");
        // jOOQ makes a LocalDateTime that is no column's a Timestamp of this JVM's zone, which must not be shifted.
        config.addDataSourceProperty("preserveInstants", "false");
        config.addDataSourceProperty("characterEncoding", "UTF-8");
        // The server, and not Java, turns text of other character sets into Unicode: Java has no U+0081 in latin1.
        config.addDataSourceProperty("characterSetResults", "UTF-8");
        // Limits: the driver has none for the handshake but the socket's.
        config.addDataSourceProperty("connectTimeout", millis(options.connectTimeout()));
        config.addDataSourceProperty("socketTimeout", millis(options.socketTimeout()));
        ConnectorJ.socketFactory(options.url()).ifPresent(name -> config.addDataSourceProperty("socketFactory", name));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // or the driver sends two more statements with each answer that is read row by row: see net_write_timeout
        config.addDataSourceProperty("netTimeoutForStreamingResults", "0");
        // setReadOnly stays on this side of the wire; Rowan says READ ONLY itself where it means it.
        config.addDataSourceProperty("readOnlyPropagatesToServer", "false");
        // Closed doors stay closed: files of this machine, several statements in one text.
        config.addDataSourceProperty("allowLoadLocalInfile", "false");
        config.addDataSourceProperty("allowMultiQueries", "false");
        return config;
    }

    /** Returns one SET for both engines: each skips what only the other knows, as an executable comment not its own. */
    private static String sessionSettings(Duration statementTimeout) {
        var seconds = Math.max(1, statementTimeout.toSeconds());
        // MariaDB counts the wait for a lock as work, which must not hide that a lock was what was missing
        var withLocks = seconds + 2;
        return "SET SESSION sql_mode = '" + SQL_MODE + "'"
                + ", lock_wait_timeout = " + seconds
                + ", innodb_lock_wait_timeout = " + seconds
                // how long the server waits for who takes its rows one by one
                + ", net_write_timeout = 600"
                + ", group_concat_max_len = 4294967295"
                // the names of keys and columns are read from the words of errors
                + ", lc_messages = 'en_US'"
                + " /*!80000 , max_execution_time = " + millis(statementTimeout) + " */"
                + " /*M! , max_statement_time = " + withLocks + " */";
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.max(1, duration.toMillis()));
    }
}
