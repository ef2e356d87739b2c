package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.executor.Work;
import dev.rowan.internal.session.SavepointStack.Savepoint;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.internal.unitofwork.UnitOfWork;
import dev.rowan.record.KeyedRecord;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.Transaction;
import org.jspecify.annotations.Nullable;

/** Runs statements in one transaction, on its one connection, one at a time. Not thread-safe. */
public final class SessionExecutor implements Executor, RecordTracker, Transaction {

    /** The work of a transaction, or of a part of it. */
    @FunctionalInterface
    public interface SessionWork<T extends @Nullable Object, X extends Exception> {
        T run(SessionExecutor session) throws X;
    }

    private final ConnectionSource connections;
    private final StatementExecutor statements;
    private final MappingRegistry mappings;
    private final TransactionConnection connection;
    private final ServerTransaction transaction;
    private final SavepointStack savepoints;
    private final TransactionKeyIncrement keySteps;
    private final AfterCommitActions afterCommit = new AfterCommitActions();
    private final SessionRecords records = new SessionRecords();
    private boolean streaming;

    /**
     * Makes a session that has not begun.
     *
     * @param connections where a stream finds another connection, to be stopped by
     */
    public SessionExecutor(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            TransactionConnection connection,
            ServerTransaction transaction) {
        this.connections = connections;
        this.statements = statements;
        this.mappings = mappings;
        this.connection = connection;
        this.transaction = transaction;
        this.savepoints = new SavepointStack(connection, transaction.name());
        this.keySteps = new TransactionKeyIncrement(connection);
    }

    public void begin() {
        transaction.begin();
    }

    /** Keeps one record for each row from now on, and writes what is modified on it at the commit. */
    public void track(boolean beforeQueries) {
        records.track(this, beforeQueries);
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    public UnitOfWork work() {
        check();
        return records.work();
    }

    /** Writes what is to be written, all or none. */
    public void flush() {
        if (records.isDirty()) {
            this.<SessionRecords, RuntimeException>nested(false, session -> {
                records.flush();
                return records;
            });
        }
    }

    /** Writes what is to be written before what is rolled back as a whole, if this fails, ends. */
    void flushWithin() {
        check();
        records.flush();
    }

    public void commit() {
        connection.health().rethrow();
        flushWithin();
        keySteps.requireUnchanged();
        transaction.commit();
    }

    public void rollback(Throwable failure) {
        if (connection.isEnded()) {
            // what failed came after the commit: a listener of jOOQ's, say
            return;
        }
        records.rolledBack();
        try {
            transaction.rollback(failure);
        } catch (DatabaseException e) {
            connection.health().spoil();
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back; nothing can be done in the session from now on. */
    public void end() {
        records.end();
        connection.end();
    }

    /** Makes sure that the connection can take a statement. @throws IllegalStateException while a stream is open, too */
    public void check() {
        if (streaming) {
            throw new IllegalStateException("A stream is open in this session, and its connection takes no other"
                    + " statement until the stream's body returns. Read what you need before or after it, or use"
                    + " list().");
        }
        connection.check();
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
        return this;
    }

    TransactionConnection connection() {
        return connection;
    }

    /** Returns the connection for jOOQ, which is watched for what may stay on it. */
    Connection guarded() {
        check();
        flushFirst();
        return connection.guarded();
    }

    @Override
    public <T> T run(SqlCommand<T> call) {
        check();
        if (call.kind().reads()) {
            flushFirst();
        }
        return connection.run(call);
    }

    @Override
    public <T> T run(SqlCommand<T> call, Mergeable<T> merging) {
        return run(call);
    }

    @Override
    public long keyStep(Connection inserted) {
        return keySteps.get();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        flushFirst();
        var call = stream.call(new QueryKiller(run(QueryKiller.CONNECTION_ID), connections));
        RowStream.Outcome<T> outcome;
        streaming = true;
        try {
            outcome = connection.run(call);
        } finally {
            streaming = false;
        }
        if (stream.failure() != null) {
            connection.failed(stream.failure());
        }
        return stream.result(outcome);
    }

    private void flushFirst() {
        if (records.flushesNow()) {
            flush();
        }
    }

    /** A part of a flush is undone with all of it. */
    @Override
    public <T> T atomically(Function<Executor, T> several) {
        return records.isFlushing()
                ? several.apply(this)
                : records.call(() -> this.<T, RuntimeException>nested(false, several::apply));
    }

    @Override
    public <T> T consistently(Function<Executor, T> reads) {
        return reads.apply(this);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T withoutRetry(boolean readOnly, Work<T, X> work)
            throws X {
        return work.run(this);
    }

    @Override
    public <T> T withInfile(InfileWork<T> work) {
        return this.<T, RuntimeException>nested(false, session -> work.run(session, false));
    }

    /** Runs a part of the body that is rolled back alone when it throws. */
    public <T extends @Nullable Object, X extends Exception> T nested(SessionWork<T, X> part) throws X {
        return this.<T, X>nested(true, part);
    }

    private <T extends @Nullable Object, X extends Exception> T nested(boolean ofBody, SessionWork<T, X> part)
            throws X {
        var savepoint = savepoint(ofBody);
        T result;
        try {
            result = part.run(this);
            if (ofBody) {
                flushWithin();
            }
        } catch (Throwable failure) {
            try {
                rollbackTo(savepoint);
            } catch (DatabaseException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        release(savepoint);
        return result;
    }

    /**
     * Marks a point to go back to.
     *
     * @param ofBody whether it is a part of the body that begins here, which takes back what is modified in it, too: what
     *     was modified before is written now
     */
    Savepoint savepoint(boolean ofBody) {
        check();
        if (ofBody) {
            flush();
        }
        return savepoints.open(afterCommit.size(), records.changes(), ofBody);
    }

    void rollbackTo(Savepoint savepoint) {
        savepoints.release(savepoint);
        afterCommit.keep(savepoint.actions());
        records.rolledBackTo(savepoint);
        savepoints.rollbackTo(savepoint);
    }

    void release(Savepoint savepoint) {
        savepoints.release(savepoint);
        check();
    }

    public AfterCommitActions afterCommit() {
        return afterCommit;
    }

    public void afterCommit(Runnable action) {
        check();
        transaction.requireCommit();
        afterCommit.add(action);
    }

    /** Says whether this is a part of a transaction that was begun elsewhere: for its owner to commit, and to retry. */
    public boolean isJoined() {
        return transaction.isJoined();
    }

    /** Makes sure that nothing can be written. @throws IllegalStateException if this joined a transaction that may write */
    public void requireReadOnly() {
        transaction.requireReadOnly();
    }

    /** Returns why the transaction failed: what the server said first, else what was thrown. */
    public Throwable reason(Throwable thrown) {
        return connection.health().reason(thrown);
    }

    @Override
    public <R extends TableRecord<R>> R known(R read) {
        return records.known(read);
    }

    @Override
    public void beforeWrite(Table<?> table) {
        check();
        flushFirst();
    }

    @Override
    public void beforeWrite(Table<?> table, List<Object> key) {
        records.beforeWrite(table, key);
    }

    @Override
    public void beforeWrite(KeyedRecord<?> record) {
        records.beforeWrite(record);
    }

    @Override
    public void afterWrite(List<? extends Table<?>> tables) {
        records.afterWrite(tables);
    }

    @Override
    public void written(KeyedRecord<?> record) {
        records.written(record);
    }

    @Override
    public void inserted(KeyedRecord<?> record) {
        records.inserted(record);
    }
}
