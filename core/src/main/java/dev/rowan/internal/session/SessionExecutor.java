package dev.rowan.internal.session;

import dev.rowan.config.TransactionBridge;
import dev.rowan.error.DatabaseException;
import dev.rowan.internal.connection.ConnectionSource;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.executor.Mergeable;
import dev.rowan.internal.executor.RecordTracker;
import dev.rowan.internal.executor.Work;
import dev.rowan.internal.flush.PlannedSteps;
import dev.rowan.internal.session.SavepointStack.Savepoint;
import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import dev.rowan.internal.unitofwork.UnitOfWork;
import dev.rowan.record.KeyedRecord;
import java.sql.Connection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs statements in one transaction, on its one connection, one at a time. Not thread-safe. */
public final class SessionExecutor implements Executor {

    /** The work of a transaction, or of a nested part of it. */
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
    private final TransactionKeyIncrement keyIncrement;
    private final AfterCommitActions afterCommit = new AfterCommitActions();
    private final SessionRecords records = new SessionRecords(this::prepareQuery, this::flush);
    private boolean isStreaming;

    /**
     * Makes a session that has not begun.
     *
     * @param connections lends a second connection to stop a stream
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
        this.keyIncrement = new TransactionKeyIncrement(connection);
    }

    /** Makes a session that may take part in a transaction which other code begins and ends. */
    public static SessionExecutor external(
            ConnectionSource connections,
            StatementExecutor statements,
            MappingRegistry mappings,
            TransactionConnection connection) {
        return new SessionExecutor(connections, statements, mappings, connection, new ExternalTransaction(connection));
    }

    public void begin() {
        transaction.begin();
    }

    /**
     * Takes part in the transaction that the current thread has open, until its end.
     *
     * @param whenEnded runs after the end of this session
     */
    public void participate(TransactionBridge manager, Runnable whenEnded) {
        begin();
        if (!connection.isReadOnly()) {
            track(false);
        }
        manager.register(new Participation(this, whenEnded));
    }

    public void commit() {
        connection.health().requireCommittable();
        flushWithoutSavepoint();
        keyIncrement.requireUnchanged();
        transaction.commit();
    }

    /** Rolls back after a failure, to which it adds what fails meanwhile. */
    public void rollback(Throwable failure) {
        if (connection.isEnded()) {
            // the failure came after the commit, for example from a listener of jOOQ
            return;
        }
        records.rollback();
        try {
            transaction.rollback(failure);
        } catch (DatabaseException e) {
            connection.health().discardConnection();
            failure.addSuppressed(e);
        }
    }

    /** Follows the savepoints of the manager that has begun the transaction, until the end of this session. */
    public void followSavepoints(TransactionBridge manager) {
        manager.register(new ManagerSavepoints(this));
    }

    /** Returns whether this takes no more statements. */
    boolean isEnded() {
        return connection.isEnded();
    }

    /** Restores the records after the owner of the transaction has rolled it back. */
    void rolledBack() {
        records.rollback();
    }

    /** Refuses further statements; the connection is given back at the end. */
    void close() {
        connection.close();
    }

    /** Gives the connection back; the session cannot be used any more. */
    public void end() {
        records.end();
        connection.end();
    }

    /** Returns the actions to run after the commit. */
    public AfterCommitActions afterCommit() {
        return afterCommit;
    }

    /** Adds an action to run after the commit. @throws IllegalStateException if Rowan does not learn of the commit */
    public void afterCommit(Runnable action) {
        check();
        transaction.requireCommit();
        afterCommit.add(action);
    }

    /** Returns whether this joins a transaction that was begun elsewhere: its owner commits and retries it. */
    public boolean isJoined() {
        return transaction.isJoined();
    }

    /** Returns whether all calls of the thread use the connection, also those that are not bound to the session. */
    public boolean isShared() {
        return transaction.isShared();
    }

    /** Returns whether both are parts of one transaction on the server. */
    public boolean isInTransactionOf(SessionExecutor other) {
        return connection.isSame(other.connection);
    }

    /** Checks that this cannot write. @throws IllegalStateException if it joins a transaction that may write */
    public void requireReadOnly() {
        transaction.requireReadOnly();
    }

    /** Returns why the transaction failed: the failure with which the server ended it, or else what was thrown. */
    public Throwable reason(Throwable thrown) {
        return connection.health().reason(thrown);
    }

    /**
     * Checks that the session can run a statement.
     *
     * @throws IllegalStateException while a stream is open, and after the end of the transaction
     */
    @Override
    public void check() {
        if (isStreaming) {
            throw new IllegalStateException("A stream is open in this session, and its connection takes no other"
                    + " statement until the stream's body returns. Read what you need before or after it, or use"
                    + " list().");
        }
        connection.check();
    }

    /**
     * Starts to track records, whose changes are then written at the commit.
     *
     * @param beforeQueries whether a query flushes first (auto-flush)
     */
    public void track(boolean beforeQueries) {
        records.track(this, beforeQueries);
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    public UnitOfWork unitOfWork() {
        check();
        return records.unitOfWork();
    }

    /**
     * Reads the row of a record again; with auto-flush, its changes are written first.
     *
     * @param forUpdate whether to lock the row
     */
    public void refresh(KeyedRecord<?> record, boolean forUpdate) {
        var work = unitOfWork();
        flushBeforeQuery();
        work.refresh(record, forUpdate);
    }

    /** Returns the session's record of the row that a record stands for, with all that the record was given. */
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends KeyedRecord<R>> R merge(R record) {
        var work = unitOfWork();
        return records.duringCall(() -> (R) work.merge(record));
    }

    /** Runs a part of the body during which queries do not flush first. */
    public <T extends @Nullable Object, X extends Exception> T withoutAutoFlush(SessionWork<T, X> part) throws X {
        check();
        var before = records.setAutoFlush(false);
        try {
            return part.run(this);
        } finally {
            records.setAutoFlush(before);
        }
    }

    /** Returns what a flush writes now. */
    public PlannedSteps plan() {
        var work = unitOfWork();
        return records.duringCall(work::plan);
    }

    /** Writes all pending changes, or none if one of them fails. */
    public void flush() {
        var plan = records.plan();
        if (plan != null) {
            this.<SessionRecords, RuntimeException>underSavepoint(false, session -> {
                records.flush(plan);
                return records;
            });
        }
    }

    /** Writes all pending changes. If one of them fails, the caller rolls back more than this flush. */
    void flushWithoutSavepoint() {
        check();
        var plan = records.plan();
        if (plan != null) {
            records.flush(plan);
        }
    }

    /** Returns whether there are records with changes that were not written. */
    boolean hasChangedRecords() {
        return records.hasChanges();
    }

    /** Returns whether a flush would write something. */
    boolean hasPendingChanges() {
        return records.plan() != null;
    }

    private void flushBeforeQuery() {
        if (records.flushesBeforeQuery()) {
            flush();
        }
    }

    private void prepareQuery() {
        check();
        flushBeforeQuery();
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
        return records;
    }

    TransactionConnection connection() {
        return connection;
    }

    /** Records the effects of a failure on the transaction, and returns what is thrown. */
    public DatabaseException failed(DatabaseException failure) {
        return connection.failed(failure);
    }

    /** Returns the guarded connection for jOOQ. */
    Connection guarded() {
        prepareQuery();
        return connection.guarded();
    }

    @Override
    public <T> T run(SqlCommand<T> call) {
        check();
        if (call.kind().reads()) {
            flushBeforeQuery();
        }
        return connection.run(call);
    }

    /** Runs the statement by itself: the calls of one session do not wait for one another. */
    @Override
    public <T> T run(SqlCommand<T> call, Mergeable<T> kind) {
        return run(call);
    }

    @Override
    public long keyStep(Connection inserted) {
        return keyIncrement.get();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        prepareQuery();
        var call = stream.call(new QueryKiller(connections, connection.get()));
        RowStream.Outcome<T> outcome;
        isStreaming = true;
        try {
            outcome = connection.run(call);
        } finally {
            isStreaming = false;
        }
        if (stream.failure() != null) {
            connection.failed(stream.failure());
        }
        return stream.result(outcome);
    }

    /** Runs the statements under a savepoint, or without one during a flush, which is rolled back as a whole. */
    @Override
    public <T> T atomically(Function<Executor, T> work) {
        return records.isFlushing()
                ? work.apply(this)
                : records.duringCall(() -> this.<T, RuntimeException>underSavepoint(false, work::apply));
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
    public <T> T withInfile(boolean isWanted, InfileWork<T> work) {
        return this.<T, RuntimeException>underSavepoint(false, session -> work.run(session, false));
    }

    /** Runs a nested part of the body, which is rolled back alone if it throws. */
    public <T extends @Nullable Object, X extends Exception> T nested(SessionWork<T, X> part) throws X {
        return this.<T, X>underSavepoint(true, part);
    }

    private <T extends @Nullable Object, X extends Exception> T underSavepoint(boolean ofBody, SessionWork<T, X> part)
            throws X {
        var savepoint = savepoint(ofBody);
        T result;
        try {
            result = part.run(this);
            if (ofBody) {
                flushWithoutSavepoint();
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
     * Opens a savepoint.
     *
     * @param ofBody whether a nested part of the body begins here: its rollback discards unwritten changes of records,
     *     so those made before are written now
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
        restore(savepoint);
        savepoints.rollbackTo(savepoint);
    }

    /** Returns the state that a rollback of the transaction's owner to this point has to restore. */
    Savepoint state() {
        return savepoints.external(afterCommit.size(), records.changes());
    }

    /** Restores the state at a savepoint to which the server has rolled back, or will. */
    void restore(Savepoint savepoint) {
        afterCommit.truncate(savepoint.actions());
        records.rollbackTo(savepoint);
    }

    void release(Savepoint savepoint) {
        savepoints.release(savepoint);
        check();
    }
}
