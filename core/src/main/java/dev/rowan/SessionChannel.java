package dev.rowan;

import dev.rowan.error.DatabaseException;
import java.sql.Connection;
import java.util.function.Function;
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
    record Savepoint(String name, int depth, int actions, int writes) implements Transaction {}

    private final Connections connections;
    private final Statements statements;
    private final BorrowedConnection connection;
    private final ServerTransaction transaction;
    private final AfterCommit afterCommit = new AfterCommit();
    private final WrittenRecords written = new WrittenRecords();
    private int depth;
    private boolean streaming;

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

    void commit() {
        connection.damage().rethrow();
        check();
        transaction.commit();
    }

    void rollback(Throwable failure) {
        if (connection.isEnded()) return; // what failed came after the commit: a listener of jOOQ's, say
        written.setBack(0);
        try {
            transaction.rollback(failure);
        } catch (DatabaseException e) {
            connection.damage().spoil();
            failure.addSuppressed(e);
        }
    }

    /** Gives the connection back; nothing can be done in the session from now on. */
    void end() {
        connection.end();
    }

    /** Makes sure that the connection can take a statement. @throws IllegalStateException while a stream is open, too */
    void check() {
        if (streaming)
            throw new IllegalStateException("A stream is open in this session, and its connection takes no other"
                    + " statement until the stream's body returns. Read what you need before or after it, or use"
                    + " list().");
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
        return connection.lent();
    }

    @Override
    public <T> T run(Call<T> call) {
        check();
        return connection.run(call);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X {
        var call = stream.call(new Stop(run(Stop.CONNECTION_ID), connections));
        RowStream.Outcome<T> outcome;
        streaming = true;
        try {
            outcome = connection.run(call);
        } finally {
            streaming = false;
        }
        if (stream.failure() != null) connection.failed(stream.failure());
        return stream.result(outcome);
    }

    @Override
    public <T> T atomically(Function<Channel, T> work) {
        return nested(work::apply);
    }

    @Override
    public void wrote(Row<?> record) {
        written.add(record);
    }

    @Override
    public <T> T consistently(Function<Channel, T> reads) {
        return reads.apply(this);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T onlyOnce(boolean reads, Work<T, X> work) throws X {
        return work.run(this);
    }

    @Override
    public <T> T once(Once<T> work) {
        return nested(session -> work.run(session, false));
    }

    /** Runs work that is rolled back alone when it throws. */
    <T extends @Nullable Object, X extends Exception> T nested(Work<T, X> work) throws X {
        var savepoint = savepoint();
        T result;
        try {
            result = work.run(this);
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

    Savepoint savepoint() {
        check();
        var savepoint =
                new Savepoint(transaction.name() + "_" + (depth + 1), depth + 1, afterCommit.size(), written.size());
        connection.execute("SAVEPOINT " + savepoint.name());
        depth++;
        return savepoint;
    }

    void rollbackTo(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
        afterCommit.keep(savepoint.actions());
        written.setBack(savepoint.writes());
        if (!connection.damage().isDoomed()) connection.execute("ROLLBACK TO SAVEPOINT " + savepoint.name());
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
