package dev.rowan.internal.pool;

import dev.rowan.config.RetryPolicy;
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
import dev.rowan.internal.session.JoinedTransaction;
import dev.rowan.internal.session.LocalTransaction;
import dev.rowan.internal.session.QueryKiller;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.session.TransactionConnection;
import dev.rowan.internal.statement.KeyIncrement;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.internal.util.Deadline;
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
    private final OpenTransactions open;

    /**
     * Makes an executor.
     *
     * @param policy how often a statement is retried, and a transaction whose options do not say
     * @param mergers merges concurrent calls
     */
    public DatabaseExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            RetryPolicy policy,
            RetryLoop retries,
            MergerRegistry mergers) {
        this(connections, statements, mappings, policy, retries, mergers, new OpenTransactions());
    }

    private DatabaseExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            RetryPolicy policy,
            RetryLoop retries,
            MergerRegistry mergers,
            OpenTransactions open) {
        this.connections = connections;
        this.statements = statements;
        this.mappings = mappings;
        this.policy = policy;
        this.retries = retries;
        this.mergers = mergers;
        this.open = open;
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

    /** Returns how many calls wait in the merge queues. */
    public int waiting() {
        return mergers.waiting();
    }

    @Override
    public <T> T run(SqlCommand<T> call, Mergeable<T> kind) {
        // a statement for several callers must not end by the deadline of one, nor wait for a lock that one holds
        var isAlone = Deadline.current().timeout().isPresent() || open.isOpen();
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
        return transaction(TransactionOptions.standard(), false, work::apply);
    }

    @Override
    public <T> T consistently(Function<Executor, T> reads) {
        return transaction(TransactionOptions.standard(), true, reads::apply);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T withoutRetry(boolean readOnly, Work<T, X> work)
            throws X {
        var options = readOnly ? NO_RETRY.withIsolation(Isolation.REPEATABLE_READ) : NO_RETRY;
        return transaction(options, readOnly, work::run);
    }

    @Override
    public <T> T withInfile(boolean isWanted, InfileWork<T> work) {
        var infile = connections.forInfile().filter(source -> isWanted && run(ACCEPTS_FILES));
        var executor =
                new DatabaseExecutor(infile.orElse(connections), statements, mappings, policy, retries, mergers, open);
        return executor.<T, RuntimeException>transaction(
                NO_RETRY, false, session -> work.run(session, infile.isPresent()));
    }

    /** Runs the work in a transaction, and retries it after transient failures as the options say. */
    public <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, boolean readOnly, SessionExecutor.SessionWork<T, X> work) throws X {
        var deadline = retries.deadline(options.timeout());
        var attempts = retries.attempts(options.retry().orElse(policy), deadline, statements.counters());
        while (true) {
            var session = attempts.run(() -> deadline.during(() -> session(options, readOnly, deadline)));
            T result;
            try {
                result = deadline.<T, X>during(() -> open.<T, X>beside(() -> runAndEnd(session, work)));
            } catch (Throwable failure) {
                if (!session.isJoined() && attempts.awaitRetry(failure, session.reason(failure))) {
                    continue;
                }
                throw failure;
            }
            session.afterCommit().run();
            return result;
        }
    }

    private <T extends @Nullable Object, X extends Exception> T runAndEnd(
            SessionExecutor session, SessionExecutor.SessionWork<T, X> work) throws X {
        try {
            session.begin();
            // a transaction that this joins shares its connection with all calls of the thread
            var result = session.isJoined() ? work.run(session) : open.<T, X>during(() -> work.run(session));
            session.commit();
            return result;
        } catch (Throwable failure) {
            session.rollback(failure);
            throw failure;
        } finally {
            session.end();
        }
    }

    /** Returns a session that has its connection and has not begun its transaction. */
    SessionExecutor session(TransactionOptions options, boolean readOnly) {
        return session(options, readOnly, retries.deadline(options.timeout()));
    }

    private SessionExecutor session(TransactionOptions options, boolean readOnly, Deadline deadline) {
        var connection = new TransactionConnection(connections, statements, options.name(), deadline);
        var transaction = connection.isJoined()
                ? new JoinedTransaction(connection, options.isolation())
                : new LocalTransaction(connection, statements.counters(), options.isolation(), readOnly);
        return new SessionExecutor(connections, statements, mappings, connection, transaction);
    }
}
