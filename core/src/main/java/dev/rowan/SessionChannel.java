package dev.rowan;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.Transaction;
import org.jspecify.annotations.Nullable;

/** One transaction and its connection: its statements, one at a time, and its savepoints. Not thread-safe. */
final class SessionChannel implements Channel, Transaction {

    /** The work of a transaction, or of a part of it. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        T run(SessionChannel session) throws X;
    }

    /** A point of the transaction to go back to; one of the same depth takes the place of an earlier one. */
    record Savepoint(String name, int depth, int actions, int writes, long time, boolean ofBody)
            implements Transaction {}

    private final Connections connections;
    private final Statements statements;
    private final BorrowedConnection connection;
    private final ServerTransaction transaction;
    private final AfterCommit afterCommit = new AfterCommit();
    private final WrittenRecords written = new WrittenRecords();
    private int depth;
    private @Nullable UnitOfWork work;
    private boolean autoFlush;
    private boolean flushing;
    private boolean within;
    private boolean streaming;

    /** By how much the keys of inserts of many rows differ; 0 until that is asked. */
    private long keyStep;

    private boolean isKeyStepAssumed;

    /** @param connections where a stream finds another connection, to be stopped by */
    SessionChannel(
            Connections connections,
            Statements statements,
            BorrowedConnection connection,
            ServerTransaction transaction) {
        this.connections = connections;
        this.statements = statements;
        this.connection = connection;
        this.transaction = transaction;
    }

    void begin() {
        transaction.begin();
    }

    /** Has one record for each row from now on, and what is modified on it written at the commit. */
    void track(boolean beforeQueries) {
        work = new UnitOfWork(this);
        autoFlush = beforeQueries;
    }

    /** Returns the unit of work. @throws IllegalStateException if the session only reads */
    UnitOfWork work() {
        check();
        if (work == null) {
            throw new IllegalStateException(
                    "This session only reads: it tracks no records, and has nothing to write. Use database.transaction(…)"
                            + " instead of read(…), or read a row again to have it as it is now.");
        }
        return work;
    }

    WrittenRecords written() {
        return written;
    }

    /** Writes what is to be written, all or none. */
    void flush() {
        var all = work;
        if (all == null || flushing || all.isClean()) {
            return;
        }
        this.<UnitOfWork, RuntimeException>nested(false, session -> flush(all));
    }

    private UnitOfWork flush(UnitOfWork all) {
        flushing = true;
        try {
            all.flush();
        } finally {
            flushing = false;
        }
        return all;
    }

    /** Writes what is to be written before what is rolled back as a whole, if this fails, ends. */
    void flushWithin() {
        check();
        if (work != null) {
            flush(work);
        }
    }

    void commit() {
        connection.damage().rethrow();
        flushWithin();
        requireKeyStep();
        transaction.commit();
    }

    void rollback(Throwable failure) {
        if (connection.isEnded()) {
            // what failed came after the commit: a listener of jOOQ's, say
            return;
        }
        if (work != null) {
            work.rollBackTies();
        }
        written.setBack();
        if (work != null) {
            work.rolledBack();
        }
        try {
            transaction.rollback(failure);
        } catch (DatabaseException e) {
            connection.damage().spoil();
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back; nothing can be done in the session from now on. */
    void end() {
        if (work != null) {
            work.end();
        }
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

    /** Asks once; whether that was still so for a later insert, the commit asks. */
    @Override
    public long keyStep(Connection inserted) {
        if (keyStep == 0) {
            keyStep = connection.run(GeneratedKey.STEP);
        } else {
            isKeyStepAssumed = true;
        }
        return keyStep;
    }

    /** @throws TransientFailure if keys of later inserts were counted by what was so for the first */
    private void requireKeyStep() {
        if (isKeyStepAssumed && connection.run(GeneratedKey.STEP) != keyStep) {
            throw new TransientFailure(
                    "While the transaction inserted rows, the server came to number them in other steps, as a cluster"
                            + " does that grows or shrinks: keys may be wrong. Run the transaction again.",
                    TransientFailure.Kind.RENUMBERED,
                    null);
        }
    }

    @Override
    public <T> T run(Call<T> call, Merger.Kind<T> kind) {
        return run(call);
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

    /** What a call reads between its own writes is not for the body to see. */
    private void flushFirst() {
        if (autoFlush && !within) {
            flush();
        }
    }

    /** A part of a flush is undone with all of it. */
    @Override
    public <T> T atomically(Function<Channel, T> several) {
        if (flushing) {
            return several.apply(this);
        }
        var before = within;
        within = true;
        try {
            return nested(false, several::apply);
        } finally {
            within = before;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the record of a row is of the row's own type
    public <R extends TableRecord<R>> R known(R read) {
        return work != null && read instanceof Row<?> row ? (R) work.known(row) : read;
    }

    @Override
    public void overwrites(Table<?> table) {
        check();
        flushFirst();
    }

    @Override
    public void overwrites(Table<?> table, List<Object> key) {
        if (work != null && !flushing) {
            work.overwrite(table, key);
        }
    }

    @Override
    public void overwrites(Row<?> record) {
        if (work != null && !flushing) {
            work.overwrite(record);
        }
    }

    @Override
    public void overwrote(Table<?> table) {
        overwrote(List.of(table));
    }

    /** Says that rows of these tables were written past their records; of any table, if none is known. */
    void overwrote(List<? extends Table<?>> tables) {
        if (work == null || flushing) {
            return;
        }
        if (tables.isEmpty()) {
            work.overwritten();
        } else {
            work.overwritten(tables);
        }
    }

    @Override
    public void wrote(Row<?> record) {
        written.add(record);
        if (work != null) {
            work.wrote(record);
        }
    }

    @Override
    public void inserted(Row<?> record) {
        written.add(record);
        if (work != null) {
            work.inserted(record);
        }
    }

    @Override
    public <T> T consistently(Function<Channel, T> reads) {
        return reads.apply(this);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T onlyOnce(boolean reads, Work<T, X> once) throws X {
        return once.run(this);
    }

    @Override
    public <T> T once(Once<T> reads) {
        return nested(false, session -> reads.run(session, false));
    }

    /** Runs a part of the body that is rolled back alone when it throws. */
    <T extends @Nullable Object, X extends Exception> T nested(Work<T, X> part) throws X {
        return this.<T, X>nested(true, part);
    }

    private <T extends @Nullable Object, X extends Exception> T nested(boolean ofBody, Work<T, X> part) throws X {
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
        var name = transaction.name() + "_" + (depth + 1);
        connection.execute("SAVEPOINT " + name);
        depth++;
        return new Savepoint(name, depth, afterCommit.size(), written.size(), System.nanoTime(), ofBody);
    }

    void rollbackTo(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
        afterCommit.keep(savepoint.actions());
        if (work != null && savepoint.ofBody()) {
            work.rollBackTies();
        }
        written.setBack(savepoint.writes(), savepoint.time());
        if (work != null && savepoint.ofBody()) {
            work.rolledBack();
        }
        if (!connection.damage().isDoomed()) {
            connection.execute("ROLLBACK TO SAVEPOINT " + savepoint.name());
        }
    }

    /** Goes on without the savepoint; the server forgets it by itself. */
    void release(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
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

    /** Says whether this is a part of a transaction of somebody else's: for them to commit, and to run again. */
    boolean isJoined() {
        return transaction.isJoined();
    }

    /** @throws IllegalStateException if this is a part of a transaction that may write */
    void requireReadOnly() {
        transaction.requireReadOnly();
    }

    /** Returns why the transaction failed: what the server said first, else what was thrown. */
    Throwable reason(Throwable thrown) {
        return connection.damage().reason(thrown);
    }
}
