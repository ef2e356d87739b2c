package dev.rowan.internal.executor;

import dev.rowan.internal.statement.RowStream;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.statement.StatementExecutor;
import dev.rowan.internal.table.MappingRegistry;
import java.sql.Connection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the statements of repositories, either on connections of the pool or on the connection of a session. */
public interface Executor {

    /** Returns the executor that runs each statement on a connection. */
    StatementExecutor statements();

    /** Returns the mappings of the tables. */
    MappingRegistry mappings();

    /** Returns the tracker that is told of the records that are read and written. */
    RecordTracker tracker();

    /**
     * Checks that a statement can run now.
     *
     * @throws dev.rowan.error.TransientFailure if the server has ended the session's transaction
     * @throws IllegalStateException if the session takes no statement
     */
    void check();

    /** Runs one statement, in autocommit or as part of the session's transaction. */
    <T> T run(SqlCommand<T> call);

    /**
     * Runs one statement, as {@link #run(SqlCommand)} does; outside a session it may be merged with concurrent calls.
     */
    <T> T run(SqlCommand<T> call, Mergeable<T> merging);

    /**
     * Returns the increment between the ids that the server generated for the last multi-row insert on the connection.
     */
    long keyStep(Connection connection);

    /**
     * Runs a query, and the body of the stream with its rows. Returns the body's result. It is never retried.
     *
     * @throws X if the body throws it
     */
    <T extends @Nullable Object, X extends Exception> T stream(RowStream<?, T, X> stream) throws X;

    /**
     * Runs several statements atomically, in a transaction of their own or under a savepoint of the session. The work
     * may be retried, so it must not change anything but the database.
     */
    <T> T atomically(Function<Executor, T> work);

    /** Runs several reads on one snapshot of the database, in a read-only transaction or in that of the session. */
    <T> T consistently(Function<Executor, T> reads);

    /**
     * Runs work that cannot be repeated, in a transaction of its own that is not retried, or in that of the session.
     *
     * @param readOnly whether the work only reads; outside a session, all its reads then see one snapshot
     * @throws X if the work throws it
     */
    <T extends @Nullable Object, X extends Exception> T withoutRetry(boolean readOnly, Work<T, X> work) throws X;

    /** Work that sends rows as a local file, if the connection allows it. */
    @FunctionalInterface
    interface InfileWork<T> {
        /**
         * Runs the work.
         *
         * @param isInfile whether the connection allows LOAD DATA LOCAL INFILE
         */
        T run(Executor session, boolean isInfile);
    }

    /**
     * Runs several statements atomically, without retry, if possible on a connection that allows LOAD DATA LOCAL
     * INFILE.
     *
     * @param isWanted whether the work would send files
     */
    <T> T withInfile(boolean isWanted, InfileWork<T> work);
}
