package dev.rowan.internal.pool;

import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.executor.Work;
import dev.rowan.internal.failure.UnknownOutcome;
import dev.rowan.internal.session.BridgedTransaction;
import dev.rowan.internal.session.JoinedTransaction;
import dev.rowan.internal.session.LocalTransaction;
import dev.rowan.internal.session.QueryKiller;
import dev.rowan.internal.session.ServerTransaction;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.session.TransactionConnection;
import dev.rowan.internal.statement.KeyIncrement;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.internal.util.Deadline;
import dev.rowan.result.Statistics;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Isolation;
import org.jspecify.annotations.Nullable;

/**
 * Runs single statements in autocommit, each on a connection of the pool, and whole transactions; retries them after
 * transient failures, on another connection. Thread-safe.
 */
public final class DatabaseExecutor implements MergeExecutor {

    private static final TransactionOptions NO_RETRY =
            TransactionOptions.standard().withRetry(RetryPolicy.never());

    /** Asks whether the server accepts local files, and reports the values of theirs that it changes. */
    private static final SqlCommand<Boolean> ACCEPTS_FILES = SqlCommand.value(
            null,
            "select @@global.local_infile and @@session.max_error_count > 0",
            new BindValues(),
            row -> row.getBoolean(1));

    private final ConnectionSource connections;
    private final StatementExecutor statements;
    private final MappingRegistry mappings;
    private final RetryPolicy policy;
    private final RetryLoop retries;
    private final MergerRegistry mergers;
    private final Optional<TransactionBridge> bridge;
    private final OpenTransactions open;
    private final SharedSessions shared;

    /**
     * Makes an executor.
     *
     * @param policy how often a statement is retried, and a transaction whose options do not say
     * @param mergers merges concurrent calls
     * @param bridge begins the transactions of callers; Rowan does if empty
     */
    public DatabaseExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            RetryPolicy policy,
            RetryLoop retries,
            MergerRegistry mergers,
            Optional<TransactionBridge> bridge) {
        this(
                connections,
                statements,
                mappings,
                policy,
                retries,
                mergers,
                bridge,
                new OpenTransactions(),
                new SharedSessions());
    }

    private DatabaseExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            RetryPolicy policy,
            RetryLoop retries,
            MergerRegistry mergers,
            Optional<TransactionBridge> bridge,
            OpenTransactions open,
            SharedSessions shared) {
        this.connections = connections;
        this.statements = statements;
        this.mappings = mappings;
        this.policy = policy;
        this.retries = retries;
        this.mergers = mergers;
        this.bridge = bridge;
        this.open = open;
        this.shared = shared;
    }

    @Override
    public StatementExecutor statements() {
        return statements;
    }

    @Override
    public MappingRegistry mappings() {
        return mappings;
    }

    @Override
    public RecordTracker tracker() {
        return RecordTracker.NONE;
    }

    @Override
    public void check() {} // each statement has a connection of its own

    /** Returns what is thrown for the failure of a call that is not part of a session. */
    DatabaseException explained(DatabaseException failure) {
        return open.explained(failure);
    }

    /** Returns the current values of the counters. */
    public Statistics statistics() {
        return statements
                .counters()
                .statistics(connections, mergers.waiting(), mappings.renderedTexts(), mappings.cachedTexts());
    }

    @Override
    public <T> T run(SqlCommand<T> call, Mergeable<T> kind) {
        // a statement for several callers must not end by the deadline of one, nor wait for a lock that one holds
        var isAlone = Deadline.current().timeout().isPresent()
                || open.isOpen()
                || (bridge.isPresent() && bridge.get().isBound());
        var merger = isAlone ? null : mergers.of(kind, call, this);
        return merger == null ? run(call) : merger.run(call);
    }

    @Override
    public <T> T run(SqlCommand<T> call) {
        var attempts = retries.attempts(policy, retries.deadline(Optional.empty()), statements.counters());
        return attempts.run(() -> {
            var connection = connections.borrow();
            var isJoined = connections.isJoined(connection);
            if (isJoined) {
                attempts.makeLast();
            }
            requireOpen(connection, connections);
            return runAndGiveBack(call, connection, isJoined);
        });
    }

    @Override
    public <T> T runWithoutRetry(Supplier<SqlCommand<T>> call) {
        var connection = connections.borrow();
        SqlCommand<T> made;
        try {
            made = call.get();
        } catch (Throwable failure) {
            connections.giveBack(connection);
            throw failure;
        }
        return runAndGiveBack(made, connection, false);
    }

    /** @param isJoined whether the connection is within a transaction that was begun elsewhere */
    private <T> T runAndGiveBack(SqlCommand<T> call, Connection connection, boolean isJoined) {
        var isReusable = true;
        try {
            return statements.run(call, connection);
        } catch (DatabaseException failure) {
            connections.failed(connection, failure);
            isReusable = !ConnectionSource.isSpoiledBy(failure);
            if (!isJoined && !call.kind().isRepeatable() && isConnectionLost(failure)) {
                throw UnknownOutcome.ofWrite(failure);
            }
            throw open.explained(failure);
        } finally {
            giveBack(connection, isReusable);
        }
    }

    /**
     * Checks that the transaction of a borrowed connection is open, if it was begun elsewhere.
     *
     * @throws TransientFailure if the server has ended it; the connection is given back
     */
    static void requireOpen(Connection connection, ConnectionSource connections) {
        try {
            connections.requireOpen(connection);
        } catch (TransientFailure refusal) {
            connections.giveBack(connection);
            throw refusal;
        }
    }

    private static boolean isConnectionLost(DatabaseException failure) {
        return failure instanceof TransientFailure lost && lost.kind() == Kind.CONNECTION_LOST;
    }

    private void giveBack(Connection connection, boolean isReusable) {
        if (isReusable) {
            connections.giveBack(connection);
        } else {
            connections.discard(connection);
        }
    }

    @Override
    public long keyStep(Connection inserted) {
        return statements.run(KeyIncrement.QUERY, inserted);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        var connection = connections.borrow();
        requireOpen(connection, connections);
        var isReusable = new AtomicBoolean(true);
        RowStream.Outcome<T> outcome;
        try {
            outcome = statements.run(stream.call(ending(connection, isReusable)), connection);
            if (stream.failure() != null) {
                connections.failed(connection, stream.failure());
            }
        } catch (DatabaseException failure) {
            connections.failed(connection, failure);
            isReusable.compareAndSet(true, !ConnectionSource.isSpoiledBy(failure));
            throw open.explained(failure);
        } finally {
            giveBack(connection, isReusable.get());
        }
        return stream.result(outcome);
    }

    /**
     * Returns how a stream ends early: without this, the driver would read all remaining rows. The connection is
     * closed; that of a transaction which was begun elsewhere is kept.
     */
    private RowStream.Ending ending(Connection connection, AtomicBoolean isReusable) {
        if (connections.isJoined(connection)) {
            return new QueryKiller(connections, connection);
        }
        return rows -> {
            isReusable.set(false);
            connection.abort(Runnable::run);
        };
    }

    @Override
    public <T> T atomically(Function<Executor, T> work) {
        return ownTransaction(TransactionOptions.standard(), false, work::apply);
    }

    @Override
    public <T> T consistently(Function<Executor, T> reads) {
        return ownTransaction(TransactionOptions.standard(), true, reads::apply);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T withoutRetry(boolean readOnly, Work<T, X> work)
            throws X {
        var options = readOnly ? NO_RETRY.withIsolation(Isolation.REPEATABLE_READ) : NO_RETRY;
        return ownTransaction(options, readOnly, work::run);
    }

    @Override
    public <T> T withInfile(boolean isWanted, InfileWork<T> work) {
        var infile = connections.forInfile().filter(source -> isWanted && run(ACCEPTS_FILES));
        var executor = new DatabaseExecutor(
                infile.orElse(connections), statements, mappings, policy, retries, mergers, bridge, open, shared);
        return executor.<T, RuntimeException>ownTransaction(
                NO_RETRY, false, session -> work.run(session, infile.isPresent()));
    }

    /**
     * Runs a caller's work in a transaction, which the bridge begins if there is one, and retries it after transient
     * failures as the options say.
     */
    public <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, boolean readOnly, SessionExecutor.SessionWork<T, X> work) throws X {
        return this.<T, X>transaction(options, readOnly, false, work);
    }

    /** Runs Rowan's own work in a transaction, in which no other code takes part. */
    private <T extends @Nullable Object, X extends Exception> T ownTransaction(
            TransactionOptions options, boolean readOnly, SessionExecutor.SessionWork<T, X> work) throws X {
        return this.<T, X>transaction(options, readOnly, true, work);
    }

    /** @param isOwn whether the work is Rowan's own, not a body of the caller's */
    private <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, boolean readOnly, boolean isOwn, SessionExecutor.SessionWork<T, X> work)
            throws X {
        var deadline = retries.deadline(options.timeout());
        var attempts = retries.attempts(options.retry().orElse(policy), deadline, statements.counters());
        var observation = new TransactionObservation(statements.monitor(), options, readOnly);
        try {
            while (true) {
                var session = attempts.run(() -> deadline.during(() -> session(options, readOnly, isOwn, deadline)));
                T result;
                try {
                    result = deadline.<T, X>during(
                            () -> open.<T, X>beside(() -> runAndEnd(session, isOwn, observation, work)));
                } catch (Throwable failure) {
                    var reason = session.reason(failure);
                    if (!session.isJoined() && attempts.awaitRetry(failure, reason)) {
                        observation.retried(reason);
                        continue;
                    }
                    throw failure;
                }
                observation.committed();
                session.afterCommit().run(); // has none left if the owner runs them
                return result;
            }
        } catch (Throwable failure) {
            observation.failed(failure); // does nothing after the commit
            throw failure;
        }
    }

    private <T extends @Nullable Object, X extends Exception> T runAndEnd(
            SessionExecutor session,
            boolean isOwn,
            TransactionObservation observation,
            SessionExecutor.SessionWork<T, X> work)
            throws X {
        var scope = scope(session, isOwn);
        try {
            observation.begins(session);
            scope.begin();
            var result = work.run(session);
            scope.commit(this::afterOuterCommit);
            return result;
        } catch (Throwable failure) {
            scope.rollback(failure);
            throw failure;
        } finally {
            scope.end();
        }
    }

    /**
     * Returns what begins and ends a session on the current thread.
     *
     * @param isOwn whether the body is Rowan's own
     */
    SessionScope scope(SessionExecutor session, boolean isOwn) {
        return new SessionScope(session, shared, open, bridge, isOwn);
    }

    /** Hands an action over to the session around a part of its transaction. */
    void afterOuterCommit(Runnable action) {
        current().afterCommit(action);
    }

    /**
     * Returns the innermost session of the transaction that the current thread has open. If other code has begun it and
     * it has no session yet, a session begins to take part in it.
     *
     * @throws IllegalStateException if there is no such transaction
     */
    public SessionExecutor current() {
        var manager = bridge.orElseThrow(() -> new IllegalStateException("The database does not know which transaction"
                + " the thread has open: open it with a TransactionBridge, by DataSourceOptions.withTransactions, or"
                + " pass on the session of database.transaction(…)."));
        var connection = new TransactionConnection(
                connections, statements, Optional.empty(), retries.deadline(Optional.empty()));
        var session = SessionExecutor.external(connections, statements, mappings, connection);
        try {
            if (!connection.isJoined()) {
                throw new IllegalStateException("The thread has no transaction open, so there is no current session."
                        + " Call this in a @Transactional method, or in the body of database.transaction(…).");
            }
            var known = shared.around(session);
            if (known.isEmpty()) {
                session.participate(manager, () -> shared.remove(session));
                shared.add(session);
                return session;
            }
            session.end();
            return known.get();
        } catch (Throwable failure) {
            session.end();
            throw failure;
        }
    }

    /** Returns a session that has its connection and has not begun its transaction. */
    SessionExecutor session(TransactionOptions options, boolean readOnly) {
        return session(options, readOnly, false, retries.deadline(options.timeout()));
    }

    private SessionExecutor session(TransactionOptions options, boolean readOnly, boolean isOwn, Deadline deadline) {
        var begun = (isOwn ? Optional.<TransactionBridge>empty() : bridge)
                .flatMap(manager -> BridgedTransaction.begin(manager, options, readOnly));
        try {
            var connection = new TransactionConnection(connections, statements, options.name(), deadline);
            var transaction = begun.isPresent()
                    ? new BridgedTransaction(connection, statements.counters(), begun.get(), readOnly)
                    : unbridged(connection, options.isolation(), readOnly, isOwn);
            return new SessionExecutor(connections, statements, mappings, connection, transaction);
        } catch (Throwable failure) {
            begun.ifPresent(transaction -> rollback(transaction, failure));
            throw failure;
        }
    }

    private ServerTransaction unbridged(
            TransactionConnection connection, Optional<Isolation> isolation, boolean readOnly, boolean isOwn) {
        return connection.isJoined()
                // Rowan's own work takes the level that the owner has chosen
                ? new JoinedTransaction(connection, isOwn ? Optional.empty() : isolation, bridge.isPresent())
                : new LocalTransaction(connection, statements.counters(), isolation, readOnly);
    }

    private static void rollback(TransactionBridge.Begun transaction, Throwable failure) {
        try {
            transaction.rollback();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
