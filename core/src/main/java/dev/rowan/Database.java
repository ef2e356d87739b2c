package dev.rowan;

import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.internal.check.LiveSchema;
import dev.rowan.internal.check.SchemaCheck;
import dev.rowan.internal.connection.ConnectionSettings;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.DataSourceConnections;
import dev.rowan.internal.connection.HikariConnections;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.pool.DatabaseDsl;
import dev.rowan.internal.pool.DatabaseExecutor;
import dev.rowan.internal.pool.MergerRegistry;
import dev.rowan.internal.pool.RetryLoop;
import dev.rowan.internal.statement.CodeComments;
import dev.rowan.internal.statement.ServerProbe;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.statement.StatementMonitor;
import dev.rowan.internal.statement.StatementWatch;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.result.Statistics;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL database: the entry point to Rowan. It owns the connection pool, runs transactions, and is what repositories
 * are bound to.
 *
 * <pre>{@code
 * try (var database = Database.open(DatabaseOptions.of("jdbc:mysql://localhost:3306/shop", "app", password))) {
 *     var users = new UsersRepository(database);
 *     var ann = users.insert(u -> u.setName("Ann").setAge(31));
 * }
 * }</pre>
 *
 * <p>Thread-safe. A process needs one instance for each database. {@link #close()} closes its connections.
 */
public final class Database implements AutoCloseable {

    private final ConnectionSource connections;
    private final DatabaseExecutor executor;
    private final DSLContext dsl;

    private Database(
            ConnectionSource connections,
            StatementExecutor statements,
            RetryPolicy policy,
            MergerRegistry mergers,
            Optional<TransactionBridge> bridge) {
        this.connections = connections;
        this.executor = new DatabaseExecutor(
                connections,
                statements,
                new MappingRegistry(statements.rendering()),
                policy,
                RetryLoop.real(),
                mergers,
                bridge);
        this.dsl = DatabaseDsl.over(connections, executor);
    }

    /**
     * Opens a database with a connection pool of its own, and makes a first connection.
     *
     * @throws dev.rowan.error.TransientFailure if no server answers
     * @throws dev.rowan.error.OtherFailure if the server rejects the user, the password or the database
     */
    public static Database open(DatabaseOptions options) {
        var pool = HikariConnections.open(options);
        try {
            var server = ServerProbe.with(pool);
            var monitor =
                    new StatementMonitor(options.slowStatement(), options.logValues(), server, options.observer());
            var watch = new StatementWatch(pool, options.statementTimeout(), HikariConnections.lockTimeout(options));
            var statements = new StatementExecutor(
                    server, options.configuration(), monitor, watch, new CodeComments(options.sqlComments()), true);
            // with merged calls, a user's listener would be told of other callers' statements on one caller's thread
            var mergers = statements.isListenedTo() ? MergerRegistry.none() : MergerRegistry.of(options);
            return new Database(pool, statements, options.retry(), mergers, Optional.empty());
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Returns a database that uses the connections of your own pool. {@link #close()} leaves the pool open.
     *
     * <p><b>Requirements.</b> The connections must be MySQL Connector/J's, in autocommit, with the settings that Rowan
     * relies on. This method checks them once. {@link #driverProperties} has them. At least,
     * the JDBC URL takes the parameters {@code connectionTimeZone=UTC},
     * {@code forceConnectionTimeZoneToSession=true} and
     * {@code sessionVariables=group_concat_max_len=4294967295}; for speed also {@code useServerPrepStmts=true} and
     * {@code cachePrepStmts=true}. Timeouts are those of the pool.
     *
     * <p>{@code preserveInstants=false} is recommended but not checked, as it changes what a {@link java.sql.Timestamp}
     * means to other users of the pool. Without it, {@link #dsl()} shifts each {@link java.time.LocalDateTime} that
     * does not belong to a generated column by the time zone of the JVM.
     *
     * <p><b>Transactions that were begun elsewhere.</b> If the pool returns a connection with autocommit off, Rowan
     * assumes that it is in a transaction of the caller's: Spring's {@code new TransactionAwareDataSourceProxy(pool)}
     * returns such connections. Each call then joins that transaction, and {@link #transaction} is a savepoint in it.
     * Nothing is retried there. If statements of {@link #dsl()} change the state of a connection, the owner of its
     * transaction has to restore it; a connection in autocommit is closed instead, and the pool replaces it.
     *
     * <p>The other way round, the body of {@link #transaction} runs on a connection that the caller's other code does
     * not see, unless the {@linkplain #over(DataSource, DataSourceOptions) options} have a bridge to its transaction
     * manager.
     *
     * @throws IllegalStateException if settings are wrong; the message lists each one and how to fix it
     */
    public static Database over(DataSource dataSource) {
        return over(dataSource, DataSourceOptions.standard());
    }

    /**
     * Returns a database that uses the connections of your own pool as the options say.
     *
     * @throws IllegalStateException if settings are wrong; the message lists each one and how to fix it
     * @throws IllegalArgumentException if the options set jOOQ's dialect, connection provider or transaction provider,
     *     or merge calls without a bridge
     * @see #over(DataSource)
     */
    public static Database over(DataSource dataSource, DataSourceOptions options) {
        if (options.merging() != Merging.NONE && options.transactions().isEmpty()) {
            throw new IllegalArgumentException(
                    "Calls over a DataSource are merged only with a TransactionBridge: without"
                            + " one, Rowan does not know which calls belong to a transaction of their caller's.");
        }
        var connections = new DataSourceConnections(dataSource, options.transactions());
        var watch = options.statementTimeout()
                .map(timeout -> new StatementWatch(connections, timeout, timeout))
                .orElseGet(() -> StatementWatch.ofDeadlines(connections));
        var server = ServerProbe.with(connections);
        var statements = new StatementExecutor(
                server,
                options.configuration(),
                new StatementMonitor(options.slowStatement(), options.logValues(), server, options.observer()),
                watch,
                new CodeComments(options.sqlComments()),
                false);
        var mergers = statements.isListenedTo()
                ? MergerRegistry.none()
                : MergerRegistry.of(options.merging(), options.poolSize());
        return new Database(connections, statements, options.retry(), mergers, options.transactions());
    }

    /**
     * Returns the properties of the driver that a pool for {@link #over} needs, and those that make it fast.
     *
     * <pre>{@code
     * Database.driverProperties().forEach(hikariConfig::addDataSourceProperty);
     * }</pre>
     *
     * <p>{@code sessionVariables} assigns each setting that a server may have otherwise. A property that is given apart
     * replaces the one in the URL: add your own assignments before these.
     */
    public static Map<String, String> driverProperties() {
        return ConnectionSettings.forPools();
    }

    /**
     * Runs the body in a transaction, which is committed when the body returns and rolled back when it throws.
     *
     * <pre>{@code
     * database.transaction(session -> {
     *     users.in(session).update(from, u -> u.set(USERS.BALANCE, USERS.BALANCE.minus(10)));
     *     users.in(session).update(to, u -> u.set(USERS.BALANCE, USERS.BALANCE.plus(10)));
     * });
     * }</pre>
     *
     * <p><b>Retries.</b> After a transient failure (a deadlock, a lock wait timeout, a lost connection, a failover) the
     * transaction is rolled back and the body runs again from the start, with a new session, as often as
     * {@link DatabaseOptions#retry()} allows. The body may therefore run more than once: everything that it does
     * outside the database must be safe to repeat. Use {@link Session#afterCommit} for what is not. An interrupt ends
     * the wait between two attempts. The exception of the last attempt is thrown, with those of the earlier ones
     * suppressed in it.
     *
     * <p><b>Records.</b> A rollback restores the records that the session read, added or wrote to their state before
     * the transaction.
     *
     * @throws X what the body throws, unchanged
     * @throws dev.rowan.error.TransientFailure if every attempt failed transiently; nothing was written
     * @throws dev.rowan.error.CommitOutcomeUnknown if the connection was lost during the commit, which is never retried
     * @throws dev.rowan.error.AfterCommitFailure if an action of {@link Session#afterCommit} threw; the transaction is
     *     committed
     */
    public <X extends Exception> void transaction(Session.Body<X> body) throws X {
        transaction(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a transaction with these options.
     *
     * @throws X what the body throws, unchanged
     * @throws dev.rowan.error.StatementTimeout if it took longer than the options allow; nothing was written
     * @see #transaction(Session.Body)
     */
    public <X extends Exception> void transaction(TransactionOptions options, Session.Body<X> body) throws X {
        this.<Session, X>transactionResult(options, session -> {
            body.run(session);
            return session;
        });
    }

    /**
     * Runs the body in a transaction and returns the body's result.
     *
     * @throws X what the body throws, unchanged
     * @see #transaction(Session.Body)
     */
    public <T extends @Nullable Object, X extends Exception> T transactionResult(Session.ResultBody<T, X> body)
            throws X {
        return transactionResult(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a transaction with these options and returns the body's result.
     *
     * @throws X what the body throws, unchanged
     * @throws dev.rowan.error.StatementTimeout if it took longer than the options allow; nothing was written
     * @see #transaction(Session.Body)
     */
    public <T extends @Nullable Object, X extends Exception> T transactionResult(
            TransactionOptions options, Session.ResultBody<T, X> body) throws X {
        return executor.<T, X>transaction(options, false, inner -> body.run(Session.tracking(inner, options)));
    }

    /**
     * Runs the body in a read-only transaction and returns the body's result. All reads see the same snapshot of the
     * database, and the server refuses writes. Transient failures are retried as in {@link #transaction(Session.Body)}.
     *
     * @throws X what the body throws, unchanged
     */
    public <T extends @Nullable Object, X extends Exception> T read(Session.ResultBody<T, X> body) throws X {
        return read(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a read-only transaction with these options and returns the body's result.
     *
     * @throws X what the body throws, unchanged
     * @throws dev.rowan.error.StatementTimeout if it took longer than the options allow
     * @see #read(Session.ResultBody)
     */
    public <T extends @Nullable Object, X extends Exception> T read(
            TransactionOptions options, Session.ResultBody<T, X> body) throws X {
        return executor.<T, X>transaction(options, true, inner -> {
            inner.requireReadOnly();
            return body.run(new Session(inner));
        });
    }

    /**
     * Returns a session that stands for that of the transaction which the calling thread has open: one that the
     * {@linkplain DataSourceOptions#withTransactions bridge's} manager has begun, such as that of a
     * {@code @Transactional} method, or the innermost {@link #transaction} in it. It may be kept, and used by all
     * threads.
     *
     * <pre>{@code
     * var user = users.in(database.currentSession()).get(id);
     * user.setName(name); // is written before the transaction is committed
     * }</pre>
     *
     * <p>Before the manager commits, the session writes the changes of its records, and after a rollback it restores
     * the records. In a read-only transaction it tracks none. A repository bound by {@code in} belongs to the
     * transaction in which it was bound.
     *
     * <p>Each call of the session throws an IllegalStateException if the thread has no transaction open, or if this
     * database has no bridge.
     */
    public Session currentSession() {
        return Session.current(executor);
    }

    /**
     * Returns jOOQ's DSL on this database, with Rowan's exceptions. Each statement runs in autocommit on a connection
     * of its own and is not retried. A write that loses its connection throws a
     * {@link dev.rowan.error.CommitOutcomeUnknown}. A transaction of jOOQ's is one of {@link #transaction}, without
     * retries; with a {@link TransactionBridge}, {@link #currentSession()} is its session.
     *
     * <p>A {@link java.time.LocalDateTime} of a generated column is stored and read unchanged. Any other one is
     * converted by jOOQ through a {@link java.sql.Timestamp} in the time zone of the JVM. In the hour that is skipped
     * when clocks go forward, such a value cannot be read, and is written one hour later.
     */
    public DSLContext dsl() {
        return dsl;
    }

    /**
     * Checks that the database matches the generated classes: tables, columns, types, nullability, defaults, collations
     * and keys. Also checks the settings of connections and server that Rowan relies on. Call it when a service starts.
     *
     * <pre>{@code
     * database.check(DefaultSchema.DEFAULT_SCHEMA);
     * }</pre>
     *
     * <p>Harmless differences are ignored: additional tables, additional columns that inserts may leave out, and
     * columns that accept more values. A user with read access only can run it. It takes a few statements, however many
     * tables there are.
     *
     * @param schema the generated schema
     * @throws SchemaMismatch if there are differences; the message lists each one and how to fix it
     * @throws IllegalArgumentException if Rowan did not generate the classes of the schema
     */
    public void check(Schema schema) {
        SchemaCheck.requireGenerated(schema);
        var differences = new ArrayList<>(ServerProbe.differences(connections));
        var mapped = dsl.map(schema);
        var live = new LiveSchema(executor, mapped == null ? "" : mapped.getName());
        differences.addAll(new SchemaCheck(schema, dsl, live).differences());
        if (!differences.isEmpty()) {
            throw new SchemaMismatch(live.name(), differences);
        }
    }

    /** Returns counters of what this database has done since it was opened, and how many connections are in use now. */
    public Statistics statistics() {
        return executor.statistics();
    }

    /** Closes all connections of the pool, also those in use. A second call does nothing. */
    @Override
    public void close() {
        connections.close();
    }

    Executor executor() {
        return executor;
    }
}
