package dev.rowan.internal.pool;

import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.MergeExecutor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.executor.Work;
import dev.rowan.internal.session.Deadline;
import dev.rowan.internal.session.JoinedTransaction;
import dev.rowan.internal.session.LocalTransaction;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.session.TransactionConnection;
import dev.rowan.internal.statement.KeyIncrement;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Isolation;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a database: one for each statement in autocommit, or for each transaction. What failed in passing is
 * run again, on another connection. Thread-safe.
 */
public final class DatabaseExecutor implements MergeExecutor {

    private final ConnectionSource connections;
    private final StatementExecutor statements;
    private final MappingRegistry mappings;
    private final RetryPolicy policy;
    private final RetryLoop retries;
    private final MergerRegistry registry;

    /**
     * Runs on these connections.
     *
     * @param registry for calls that may be merged
     */
    public DatabaseExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            RetryPolicy policy,
            RetryLoop retries,
            MergerRegistry registry) {
        this.connections = connections;
        this.statements = statements;
        this.mappings = mappings;
        this.policy = policy;
        this.retries = retries;
        this.registry = registry;
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
    public <T> T run(SqlCommand<T> call) {
        var attempts = retries.attempts(policy, retries.deadline(Optional.empty()), statements.counters());
        return attempts.run(() -> attempt(call, attempts));
    }

    @Override
    public long keyStep(Connection inserted) {
        return statements.run(KeyIncrement.QUERY, inserted);
    }

    @Override
    public <T> T run(SqlCommand<T> call, Mergeable<T> merging) {
        var merger = registry.of(merging, call, this);
        return merger == null ? run(call) : merger.run(call);
    }

    /** Returns how many calls wait to be merged with others. */
    public int waiting() {
        return registry.waiting();
    }

    @Override
    public <T> T runUnretried(Supplier<SqlCommand<T>> call) {
        var connection = connections.borrow();
        SqlCommand<T> made;
        try {
            made = call.get();
        } catch (Throwable failure) {
            connections.giveBack(connection);
            throw failure;
        }
        return attempt(made, connection, false);
    }

    /** Leaves a stream early by cutting its connection: the driver would read what is left, however much. */
    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        var connection = connections.borrow();
        var good = new AtomicBoolean(true);
        RowStream.Outcome<T> outcome;
        try {
            outcome = statements.run(
                    stream.call(rows -> {
                        good.set(false);
                        connection.abort(Runnable::run);
                    }),
                    connection);
        } finally {
            giveBack(connection, good.get());
        }
        return stream.result(outcome);
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
        var options = TransactionOptions.standard().withRetry(RetryPolicy.never());
        return transaction(readOnly ? options.withIsolation(Isolation.REPEATABLE_READ) : options, readOnly, work::run);
    }

    @Override
    public <T> T withInfile(InfileWork<T> work) {
        var infile = connections.forInfile();
        var options = TransactionOptions.standard().withRetry(RetryPolicy.never());
        return new DatabaseExecutor(
                        infile.orElse(connections), statements, mappings, RetryPolicy.never(), retries, registry)
                .<T, RuntimeException>transaction(options, false, session -> work.run(session, infile.isPresent()));
    }

    /** Runs the work in a transaction, as often as its failures in passing and the options allow. */
    public <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, boolean readOnly, SessionExecutor.SessionWork<T, X> work) throws X {
        var deadline = retries.deadline(options.timeout());
        var attempts = retries.attempts(options.retry().orElse(policy), deadline, statements.counters());
        while (true) {
            var session = attempts.run(() -> session(options, readOnly, deadline));
            T result;
            try {
                result = attempt(session, work);
            } catch (Throwable failure) {
                if (!session.isJoined() && attempts.again(failure, session.reason(failure))) {
                    continue;
                }
                throw failure;
            }
            session.afterCommit().run();
            return result;
        }
    }

    /** Returns a session that is not begun, with its connection. */
    SessionExecutor session(TransactionOptions options, boolean readOnly) {
        return session(options, readOnly, retries.deadline(options.timeout()));
    }

    private SessionExecutor session(TransactionOptions options, boolean readOnly, Deadline deadline) {
        deadline.check();
        var connection = new TransactionConnection(connections, statements, options.name(), deadline);
        var transaction = connection.isJoined()
                ? new JoinedTransaction(connection, options.isolation())
                : new LocalTransaction(connection, statements.counters(), options.isolation(), readOnly);
        return new SessionExecutor(connections, statements, mappings, connection, transaction);
    }

    private <T> T attempt(SqlCommand<T> call, RetryLoop.Attempts attempts) {
        var connection = connections.borrow();
        var joined = connections.isJoined(connection);
        if (joined) {
            attempts.end();
        }
        return attempt(call, connection, joined);
    }

    private <T> T attempt(SqlCommand<T> call, Connection connection, boolean joined) {
        var good = true;
        try {
            return statements.run(call, connection);
        } catch (DatabaseException failure) {
            good = !ConnectionSource.isSpoiledBy(failure);
            if (failure instanceof TransientFailure lost
                    && lost.kind() == Kind.CONNECTION_LOST
                    && !call.kind().isRepeatable()
                    && !joined) {
                throw unknownOutcome(lost);
            }
            throw failure;
        } finally {
            giveBack(connection, good);
        }
    }

    private static <T extends @Nullable Object, X extends Exception> T attempt(
            SessionExecutor session, SessionExecutor.SessionWork<T, X> work) throws X {
        try {
            session.begin();
            var result = work.run(session);
            session.commit();
            return result;
        } catch (Throwable failure) {
            session.rollback(failure);
            throw failure;
        } finally {
            session.end();
        }
    }

    /** Returns the error of a write in autocommit whose answer was lost. */
    static CommitOutcomeUnknown unknownOutcome(Throwable failure) {
        return new CommitOutcomeUnknown(
                (Thread.currentThread().isInterrupted()
                                ? "The thread was interrupted, which ended its connection, during a write:"
                                : "The connection was lost during a write:")
                        + " it may have been done, or not. Look for what it wrote before you run it again.",
                failure.getCause());
    }

    private void giveBack(Connection connection, boolean good) {
        if (good) {
            connections.giveBack(connection);
        } else {
            connections.discard(connection);
        }
    }
}
