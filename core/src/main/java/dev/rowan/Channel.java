package dev.rowan;

import java.sql.Connection;
import java.util.List;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** Where the statements of a repository go: the database's pool, or the one connection of a session. */
interface Channel {

    /** Returns the seam. */
    Statements statements();

    /** Runs one statement: in autocommit, or as part of the session's transaction. */
    <T> T run(Call<T> call);

    /** Returns by how much the keys differ that an insert of many rows, just run on this connection, was given. */
    long keyStep(Connection inserted);

    /** Runs one statement, which may be merged with others of its kind that wait at the same moment. */
    <T> T run(Call<T> call, Merger.Kind<T> kind);

    /** Runs a query once, and the body of the stream with its rows; returns the body's result, or throws what it throws. */
    <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X;

    /**
     * Runs several statements, all or none: in a transaction of their own, or under a savepoint of the session's. The work
     * may be run more than once, so that it changes nothing but the database before it is done.
     */
    <T> T atomically(Function<Channel, T> work);

    /** Returns the record that stands for the row that was just read into this one: in a session, each row has one. */
    <R extends TableRecord<R>> R known(R read);

    /** Says that rows of a table are about to be written by a condition. */
    void overwrites(Table<?> table);

    /** Says that the row of a table with this key is about to be written past its record. */
    void overwrites(Table<?> table, List<Object> key);

    /** Says that the row of the record is about to be written, which may have another record in the session. */
    void overwrites(Row<?> record);

    /** Says that rows of a table were written past their records. */
    void overwrote(Table<?> table);

    /** Takes note of a record as it is, which is about to learn that it was written; a session sets it back if it rolls back. */
    void wrote(Row<?> record);

    /** Does so for one that is about to learn that it was inserted: no other record stands for its row any more. */
    void inserted(Row<?> record);

    /** Runs several reads that see the same state of the database: in a transaction that only reads, or in the session's. */
    <T> T consistently(Function<Channel, T> reads);

    /**
     * Runs work that can be done once only, in a transaction of its own, or in the session's, and throws what it throws.
     *
     * @param reads whether the work only reads; outside a session, all its reads then see the same state
     */
    <T extends @Nullable Object, X extends Exception> T onlyOnce(boolean reads, SessionChannel.Work<T, X> work)
            throws X;

    /** Work that reads what can be read once only. */
    @FunctionalInterface
    interface Once<T> {
        /** Does the work; the session can send files if so said. */
        T run(Channel session, boolean files);
    }

    /** Runs several statements as {@link #atomically} does, but never twice; where that can be, on a connection for files. */
    <T> T once(Once<T> work);
}
