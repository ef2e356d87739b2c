package dev.rowan;

import dev.rowan.SavepointStack.Savepoint;
import dev.rowan.error.DatabaseException;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.Transaction;
import org.jspecify.annotations.Nullable;

/** Runs statements in one transaction, on its one connection, one at a time. Not thread-safe. */
final class SessionChannel implements Channel, RecordTracker, Transaction {

    /** The work of a transaction, or of a part of it. */
    @FunctionalInterface
    interface SessionWork<T extends @Nullable Object, X extends Exception> {
        T run(SessionChannel session) throws X;
    }

    private final Connections connections;
    private final Statements statements;
    private final Mappings mappings;
    private final BorrowedConnection connection;
    private final ServerTransaction transaction;
    private final SavepointStack savepoints;
    private final KeySteps keySteps;
    private final AfterCommit afterCommit = new AfterCommit();
    private final SessionRecords records = new SessionRecords();
    private boolean streaming;

    /** @param connections where a stream finds another connection, to be stopped by */
    SessionChannel(
            Connections connections,
            Statements statements,
            Mappings mappings,
            BorrowedConnection connection,
            ServerTransaction transaction) {
        this.connections = connections;
        this.statements = statements;
        this.mappings = mappings;
        this.connection = connection;
        this.transaction = transaction;
        this.savepoints = new SavepointStack(connection, transaction.name());
        this.keySteps = new KeySteps(connection);
    }

    void begin() {
        transaction.begin();
    }

    /** Keeps one record for each row from now on, and writes what is modified on it at the commit. */
    void track(boolean beforeQueries) {
        records.track(this, beforeQueries);
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    UnitOfWork work() {
        check();
        return records.work();
    }

    /** Writes what is to be written, all or none. */
    void flush() {
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

    void commit() {
        connection.damage().rethrow();
        flushWithin();
        keySteps.requireUnchanged();
        transaction.commit();
    }

    void rollback(Throwable failure) {
        if (connection.isEnded()) {
            // what failed came after the commit: a listener of jOOQ's, say
            return;
        }
        records.rolledBack();
        try {
            transaction.rollback(failure);
        } catch (DatabaseException e) {
            connection.damage().spoil();
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back; nothing can be done in the session from now on. */
    void end() {
        records.end();
        connection.end();
    }

    /** Makes sure that the connection can take a statement. @throws IllegalStateException while a stream is open, too */
    void check() {
        if (streaming) {
            throw new IllegalStateException("A stream is open in this session, and its connection takes no other"
                    + " statement until the stream's body returns. Read what you need before or after it, or use"
                    + " list().");
        }
        connection.check();
    }

    @Override
    public Statements statements() {
        return statements;
    }

    @Override
    public Mappings mappings() {
        return mappings;
    }

    @Override
    public RecordTracker tracker() {
        return this;
    }

    BorrowedConnection connection() {
        return connection;
    }

    /** Returns the connection for jOOQ, which is watched for what may stay on it. */
    Connection lent() {
        check();
        flushFirst();
        return connection.lent();
    }

    @Override
    public <T> T run(Call<T> call) {
        check();
        if (call.verb() == Verb.READ) {
            flushFirst();
        }
        return connection.run(call);
    }

    @Override
    public <T> T run(Call<T> call, Mergeable<T> merging) {
        return run(call);
    }

    @Override
    public long keyStep(Connection inserted) {
        return keySteps.get();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        flushFirst();
        var call = stream.call(new Stop(run(Stop.CONNECTION_ID), connections));
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
    public <T> T atomically(Function<Channel, T> several) {
        return records.isFlushing()
                ? several.apply(this)
                : records.call(() -> this.<T, RuntimeException>nested(false, several::apply));
    }

    @Override
    public <T> T consistently(Function<Channel, T> reads) {
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
    <T extends @Nullable Object, X extends Exception> T nested(SessionWork<T, X> part) throws X {
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

    AfterCommit afterCommit() {
        return afterCommit;
    }

    void afterCommit(Runnable action) {
        check();
        transaction.requireCommit();
        afterCommit.add(action);
    }

    /** Says whether this is a part of a transaction that was begun elsewhere: for its owner to commit, and to retry. */
    boolean isJoined() {
        return transaction.isJoined();
    }

    /** Makes sure that nothing can be written. @throws IllegalStateException if this joined a transaction that may write */
    void requireReadOnly() {
        transaction.requireReadOnly();
    }

    /** Returns why the transaction failed: what the server said first, else what was thrown. */
    Throwable reason(Throwable thrown) {
        return connection.damage().reason(thrown);
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
    public void beforeWrite(Row<?> record) {
        records.beforeWrite(record);
    }

    @Override
    public void afterWrite(List<? extends Table<?>> tables) {
        records.afterWrite(tables);
    }

    @Override
    public void written(Row<?> record) {
        records.written(record);
    }

    @Override
    public void inserted(Row<?> record) {
        records.inserted(record);
    }
}
