package dev.rowan;

import dev.rowan.config.TransactionOptions;
import dev.rowan.internal.pool.DatabaseDsl;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.record.KeyedRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, in the hands of the body that it was given to, and of nobody else: it is bound to no thread, and it
 * ends with the body. Repositories join it by {@code users.in(session)}. Not thread-safe.
 *
 * <p>In a session a row is one record: whoever reads it again through the session's repositories gets the same. Columns
 * that are modified on such a record are written at the commit, those alone, if the row's version is still the record's.
 * If the transaction is rolled back, also to be run again, records say what they said before. Rows of
 * {@link ReadQuery#stream} and of {@link #dsl()} are not tracked, nor is what a session of {@link Database#read} reads.
 *
 * <p>A write by key ({@link Repository#update(Object, java.util.function.Consumer)}) first writes what is modified on the
 * record of that row. Writes by a condition or by {@link #dsl()} do not: they leave the records of the tables that they
 * write to stale, for the next read to renew. A stale record that is modified and written without that fails with a
 * {@link dev.rowan.error.StaleRecord} where the write counted the row's version, as those by a condition do. A statement
 * of {@link #dsl()} counts it only if it says so ({@code .set(USERS.VERSION, USERS.VERSION.plus(1))}): without that neither
 * this session nor another notices, and the columns that were modified are written over.
 *
 * <p>A statement that the database refuses (a duplicate, a lock not to be had in time) leaves the transaction open: the
 * body may catch it and go on. A deadlock or a lost connection ends the transaction on the server, and the session with
 * it: whatever the body does then, nothing of it is written, each further statement throws a
 * {@link dev.rowan.error.TransientFailure} that names the first failure, and the transaction fails.
 */
public final class Session {

    /**
     * What happens in a transaction. It may be run more than once, see {@link Database#transaction}.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /** Does the work; what it throws rolls the transaction back and reaches the caller as it is. */
        void run(Session session) throws X;
    }

    /**
     * What happens in a transaction, with a result. It may be run more than once, see {@link Database#transaction}.
     *
     * @param <T> the result
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface ResultBody<T extends @Nullable Object, X extends Exception> {
        /** Does the work; what it throws rolls the transaction back and reaches the caller as it is. */
        T run(Session session) throws X;
    }

    private final SessionExecutor executor;

    /** Makes the session of a transaction that only reads. */
    Session(SessionExecutor executor) {
        this.executor = executor;
    }

    /** Makes the session of a transaction that writes what its records are made to say. */
    static Session tracking(SessionExecutor executor, TransactionOptions options) {
        executor.track(options.autoFlush());
        return new Session(executor);
    }

    /**
     * Has the record written when the session commits, or by {@link #flush()}, and returns it: inserted, if it was never
     * read or written, else updated with what was and will be modified on it. New rows that it is tied to
     * ({@link ToOne#set}, {@link ToMany#add}) come with it, each after those that it refers to, whose keys it takes.
     *
     * <pre>{@code
     * var ann = session.add(new UsersRecord().setName("Ann"));
     * UsersRepository.ORDERS.add(ann, new OrdersRecord().setTotal(total));   // gets Ann's id when she has one
     * }</pre>
     *
     * <p>A record that was read through the session's repositories is part of it already.
     *
     * @throws IllegalArgumentException if the session has another record of the same row
     * @throws IllegalStateException if another open session has the record, or the session only reads
     */
    public <R extends KeyedRecord<R>> R add(R record) {
        executor.work().add(record);
        return record;
    }

    /**
     * Has the row of the record deleted when the session commits, or by {@link #flush()}, with the version checked as
     * {@link Repository#delete(Row)} does; a record that was yet to be inserted is forgotten.
     *
     * @throws IllegalArgumentException if the record stands for no row, or the session has another of the same
     * @throws IllegalStateException if the session only reads
     */
    public <R extends KeyedRecord<R>> void delete(R record) {
        executor.work().delete(record);
    }

    /**
     * Writes now what would be written at the commit: first the rows to be deleted (those to whose tables rows refer
     * that are modified, last), then new rows, each table after those that it refers to, then the columns modified on
     * the others, with their versions checked; one statement for each table, set of columns and some hundred rows. All
     * or none.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read; the records are as
     *     before
     * @throws IllegalStateException if new rows refer to one another in a circle, or the session only reads
     */
    public void flush() {
        executor.work();
        executor.flush();
    }

    /**
     * Reads the row of the record again, with all its columns; what was modified on the record and not yet written is
     * lost, and so is what was loaded along its relations.
     *
     * @throws dev.rowan.error.NotFound if the row is no more
     * @throws IllegalArgumentException if the record stands for no row
     * @throws IllegalStateException if the session only reads, and so tracks no records: read the row again there
     */
    public <R extends KeyedRecord<R>> void refresh(R record) {
        executor.work().refresh(record);
    }

    /**
     * Returns all of jOOQ within this transaction, with Rowan's errors; jOOQ's own {@code transaction} is a savepoint, as
     * {@link #nested} is. A statement that would end the transaction on the server (most DDL, COMMIT, LOCK TABLES) is
     * refused with an {@link IllegalStateException} before it runs.
     *
     * @throws IllegalStateException after the end of the transaction
     */
    public DSLContext dsl() {
        executor.check();
        return DatabaseDsl.over(executor);
    }

    /**
     * Runs a part of the transaction that is rolled back alone when it throws: the caller may catch that and go on. What
     * it wrote is committed with the rest, not before. Parts may have parts; inside, {@code session} is this one. What was
     * modified before is written as the part begins, what is modified in it as it ends; if it is rolled back, records say
     * what they said at its beginning.
     *
     * @throws X what the body throws, as it is
     */
    public <X extends Exception> void nested(Body<X> body) throws X {
        executor.<Session, X>nested(inner -> {
            body.run(this);
            return this;
        });
    }

    /**
     * Runs a part of the transaction that is rolled back alone when it throws, and returns its result.
     *
     * @throws X what the body throws, as it is
     * @see #nested
     */
    public <T extends @Nullable Object, X extends Exception> T nestedResult(ResultBody<T, X> body) throws X {
        return executor.<T, X>nested(inner -> body.run(this));
    }

    /**
     * Has an action run once the transaction is committed: the place for what cannot be rolled back, such as a message to
     * another service. Actions run in the order they were given, each once, on the caller's thread, with the connection
     * given back; not after a rollback, and not if {@link #nested} that it was given in was rolled back. If the process
     * dies between, they do not run.
     *
     * <p>If one throws, the others still run, and the caller of the transaction gets a
     * {@link dev.rowan.error.AfterCommitFailure}.
     *
     * @throws IllegalStateException after the end of the transaction, and if it is one that was begun elsewhere (see
     *     {@link Database#over}), which has a way of its own
     */
    public void afterCommit(Runnable action) {
        executor.afterCommit(action);
    }

    SessionExecutor executor() {
        return executor;
    }
}
