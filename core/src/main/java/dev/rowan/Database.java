package dev.rowan;

import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.SchemaMismatch;
import dev.rowan.internal.check.LiveSchema;
import dev.rowan.internal.check.SchemaCheck;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.connection.DataSourceConnections;
import dev.rowan.internal.connection.HikariConnections;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.pool.DatabaseDsl;
import dev.rowan.internal.pool.DatabaseExecutor;
import dev.rowan.internal.pool.MergerRegistry;
import dev.rowan.internal.pool.RetryLoop;
import dev.rowan.internal.statement.ServerProbe;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.statement.StatementMonitor;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.result.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL database: the pool of its connections, and where repositories and transactions come from.
 *
 * <pre>{@code
 * try (var database = Database.open(DatabaseOptions.of("jdbc:mysql://localhost:3306/shop", "app", password))) {
 *     var users = new UsersRepository(database);
 *     var ann = users.insert(u -> u.setName("Ann").setAge(31));
 * }
 * }</pre>
 *
 * <p>Thread-safe. One for each database and process is enough; {@link #close()} ends its connections.
 */
public final class Database implements AutoCloseable {

    private final ConnectionSource connections;
    private final DatabaseExecutor executor;
    private final DSLContext dsl;

    private Database(
            ConnectionSource connections, StatementExecutor statements, RetryPolicy policy, MergerRegistry registry) {
        this.connections = connections;
        this.executor = new DatabaseExecutor(
                connections,
                statements,
                new MappingRegistry(statements.rendering()),
                policy,
                RetryLoop.real(),
                registry);
        this.dsl = DatabaseDsl.over(connections, executor);
    }

    /**
     * Opens a database, with one connection to begin with.
     *
     * @throws dev.rowan.error.TransientFailure if no server answers
     * @throws dev.rowan.error.OtherFailure if it refuses the user, the password or the database
     */
    public static Database open(DatabaseOptions options) {
        var pool = HikariConnections.open(options);
        try {
            var monitor = new StatementMonitor(options.slowStatement(), options.logValues());
            var statements = new StatementExecutor(ServerProbe.with(pool), options.configuration(), monitor, true);
            // a listener would hear of the calls of others, in the thread of one of them
            var registry = statements.isListenedTo() ? MergerRegistry.none() : MergerRegistry.of(options);
            return new Database(pool, statements, options.retry(), registry);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Returns a database over connections of your own pool, which stays yours: {@link #close()} leaves it open.
     *
     * <p>Its connections must be Connector/J's, with autocommit on, and the settings that Rowan relies on: they are
     * checked here, once. In the driver's URL that takes {@code connectionTimeZone=UTC},
     * {@code forceConnectionTimeZoneToSession=true} and {@code sessionVariables=group_concat_max_len=4294967295};
     * {@code useServerPrepStmts=true} and {@code cachePrepStmts=true} make it fast. Time limits are the pool's own.
     * {@code preserveInstants=false} is not checked, as it changes what a {@link java.sql.Timestamp} means to others who
     * use the pool: without it {@link #dsl()} shifts a {@link java.time.LocalDateTime} that is no column's by the zone
     * of the JVM.
     *
     * <p>A connection that is given out with autocommit off is taken to be within a transaction of somebody else's, as
     * {@code new TransactionAwareDataSourceProxy(pool)} gives out within Spring's: each call is then part of that
     * transaction, and {@link #transaction} is a savepoint of it. Nothing is run again there, and what
     * {@link #dsl()} leaves on such a connection is for its owner to clean; elsewhere such a connection is cut, and the
     * pool replaces it.
     *
     * @throws IllegalStateException that lists every setting that is wrong, with its mend
     */
    public static Database over(DataSource dataSource) {
        var connections = new DataSourceConnections(dataSource);
        return new Database(
                connections,
                new StatementExecutor(
                        ServerProbe.with(connections),
                        UnaryOperator.identity(),
                        new StatementMonitor(Duration.ofSeconds(1), false),
                        false),
                RetryPolicy.standard(),
                MergerRegistry.none()); // whose connection is within a transaction of their own, only the pool knows
    }

    /**
     * Runs the body in a transaction: committed when the body returns, rolled back when it throws.
     *
     * <p>What failed in passing (a deadlock, a lock not to be had in time, a lost connection, a failover) is rolled back
     * and run again from the start, with a new session, as often as {@link DatabaseOptions#retry()} says. So the body may
     * run more than once: it does outside the database only what can be repeated, and leaves the rest to
     * {@link Session#afterCommit}. Records that were read in it, added to it or written by it say after a rollback
     * what they said before that. The last failure is thrown, with the earlier ones
     * suppressed in it. An interrupt ends the waiting between attempts.
     *
     * <pre>{@code
     * database.transaction(session -> {
     *     users.in(session).update(from, u -> u.set(USERS.BALANCE, USERS.BALANCE.minus(10)));
     *     users.in(session).update(to, u -> u.set(USERS.BALANCE, USERS.BALANCE.plus(10)));
     * });
     * }</pre>
     *
     * @throws X what the body throws, as it is
     * @throws dev.rowan.error.TransientFailure if it failed in passing each time; nothing was written
     * @throws dev.rowan.error.CommitOutcomeUnknown if the answer to the commit was lost: it is never run again then
     * @throws dev.rowan.error.AfterCommitFailure if it is committed, and what was to follow failed
     */
    public <X extends Exception> void transaction(Session.Body<X> body) throws X {
        transaction(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a transaction with these options: committed when the body returns, rolled back when it throws.
     *
     * @throws X what the body throws, as it is
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
     * Runs the body in a transaction and returns its result: committed when the body returns, rolled back when it
     * throws.
     *
     * @throws X what the body throws, as it is
     * @see #transaction(Session.Body)
     */
    public <T extends @Nullable Object, X extends Exception> T transactionResult(Session.ResultBody<T, X> body)
            throws X {
        return transactionResult(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a transaction with these options and returns its result: committed when the body returns, rolled
     * back when it throws.
     *
     * @throws X what the body throws, as it is
     * @throws dev.rowan.error.StatementTimeout if it took longer than the options allow; nothing was written
     * @see #transaction(Session.Body)
     */
    public <T extends @Nullable Object, X extends Exception> T transactionResult(
            TransactionOptions options, Session.ResultBody<T, X> body) throws X {
        return executor.<T, X>transaction(options, false, inner -> body.run(Session.tracking(inner, options)));
    }

    /**
     * Runs the body in a transaction that only reads, and returns its result: all that it reads is of one moment, and the
     * server refuses a write. Run again as {@link #transaction(Session.Body)} is.
     *
     * @throws X what the body throws, as it is
     */
    public <T extends @Nullable Object, X extends Exception> T read(Session.ResultBody<T, X> body) throws X {
        return read(TransactionOptions.standard(), body);
    }

    /**
     * Runs the body in a transaction with these options that only reads, and returns its result.
     *
     * @throws X what the body throws, as it is
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
     * Returns all of jOOQ, with Rowan's errors; each statement is in autocommit, on a connection of its own, and is run
     * once. A write whose connection was lost is a {@link dev.rowan.error.CommitOutcomeUnknown}.
     *
     * <p>A {@link java.time.LocalDateTime} of a generated column is what it says. One that is no column's goes jOOQ's own
     * way, by a {@link java.sql.Timestamp} of the JVM's zone: in the hour that its clocks skip it is not read, and is
     * written as an hour later.
     */
    public DSLContext dsl() {
        return dsl;
    }

    /**
     * Checks at the start of a service that the database is the one its classes were generated from: tables and columns,
     * their types, what may be null, what has a default, collations, keys; and that connections and server have the
     * settings that Rowan relies on.
     *
     * <pre>{@code
     * database.check(DefaultSchema.DEFAULT_SCHEMA);
     * }</pre>
     *
     * <p>What does no harm is no difference: more tables, more columns that inserts may leave out, columns that hold more.
     * A user who may only read sees enough. It takes a few statements, however many tables there are.
     *
     * @param schema the generated one
     * @throws SchemaMismatch that lists every difference, with its mend
     * @throws IllegalArgumentException if the classes of the schema are not Rowan's
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

    /** Returns what this database did since it was opened, and how many of its connections are in use now. */
    public Statistics statistics() {
        return executor.statements().monitor().counters().statistics(connections, executor.waiting());
    }

    /** Ends all connections, those in use too. Closing twice does nothing more. */
    @Override
    public void close() {
        connections.close();
    }

    Executor executor() {
        return executor;
    }
}
