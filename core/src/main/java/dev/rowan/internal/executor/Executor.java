package dev.rowan.internal.executor;

import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import java.sql.Connection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the statements of repositories: on connections of the pool, or on the one connection of a session. */
public interface Executor {

    /** Returns what runs each statement on a connection, with its settings and limits. */
    StatementExecutor statements();

    /** Returns how the rows of each table are written and read. */
    MappingRegistry mappings();

    /** Returns what learns of the records that are read and written. */
    RecordTracker tracker();

    /** Runs one statement: in autocommit, or as part of the session's transaction. */
    <T> T run(SqlCommand<T> call);

    /** Runs one statement, which may be merged with others of its kind that wait at the same moment. */
    <T> T run(SqlCommand<T> call, Mergeable<T> merging);

    /** Returns by how much the keys differ that a multi-row insert, just run on this connection, was given. */
    long keyStep(Connection inserted);

    /** Runs a query once, and the body of the stream with its rows; returns the body's result, or throws what it throws. */
    <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X;

    /**
     * Runs several statements, all or none: in a transaction of their own, or under a savepoint of the session's. The work
     * may be retried, so that it changes nothing but the database before it is done.
     */
    <T> T atomically(Function<Executor, T> work);

    /** Runs several reads that see the same state of the database: in a transaction that only reads, or in the session's. */
    <T> T consistently(Function<Executor, T> reads);

    /**
     * Runs work that cannot be repeated, in a transaction of its own that is not retried, or in the session's; throws
     * what the work throws.
     *
     * @param readOnly whether the work only reads; outside a session, all its reads then see the same state
     */
    <T extends @Nullable Object, X extends Exception> T withoutRetry(boolean readOnly, Work<T, X> work) throws X;

    /** Work that sends a local file to the server, where the connection can. */
    @FunctionalInterface
    interface InfileWork<T> {
        T run(Executor session, boolean isInfile);
    }

    /** Runs several statements, all or none and never retried; where there can be one, on a connection that sends files. */
    <T> T withInfile(InfileWork<T> work);
}
