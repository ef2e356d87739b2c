package dev.rowan;

import dev.rowan.config.TransactionOptions;
import dev.rowan.internal.pool.DatabaseDsl;
import dev.rowan.internal.pool.DatabaseExecutor;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.FlushPlan;
import dev.rowan.result.PendingChanges;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, as the body of {@link Database#transaction} receives it. Repositories join it by
 * {@code users.in(session)}. The session ends with the body and is not bound to a thread. Not thread-safe.
 *
 * <p><b>One record for each row (identity map).</b> However often the session's repositories read a row, they return
 * the same record. At the commit, the session writes the columns that were modified on its records, and only those,
 * with optimistic locking if the table has a version column. A rollback restores the records, also before a retry. Not
 * tracked are the rows of {@link ReadQuery#stream} and {@link #dsl()}, and everything that {@link Database#read} reads.
 *
 * <p><b>Other writes.</b> A write by key ({@link Repository#update(Object, java.util.function.Consumer)}) first writes
 * the modified columns of that row's record. A write by a condition or by {@link #dsl()} does not, and makes the
 * records of its tables stale: the next read refreshes them. If a stale record is modified and written without that
 * read, the write fails with a {@link dev.rowan.error.StaleRecord}, provided that the other write incremented the row's
 * version. A write by a condition does so by itself. A statement of {@link #dsl()} has to say it:
 * {@code .set(USERS.VERSION, USERS.VERSION.plus(1))}. Otherwise neither this session nor another one notices the
 * change, and modified columns overwrite it.
 *
 * <p><b>Failures.</b> A statement that the database rejects (a duplicate key, a lock wait timeout) leaves the
 * transaction open: the body may catch the exception and continue. A deadlock or a lost connection ends the transaction
 * on the server. Each further statement then throws a {@link dev.rowan.error.TransientFailure} that names the first
 * failure, and the transaction fails with nothing written, even if the body catches the exceptions.
 */
public final class Session {

    /**
     * The body of a transaction. It may run more than once, see {@link Database#transaction}.
     *
     * @param <X> the exception that it may throw
     */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /** Does the work. An exception rolls the transaction back and reaches the caller unchanged. */
        void run(Session session) throws X;
    }

    /**
     * The body of a transaction with a result. It may run more than once, see {@link Database#transaction}.
     *
     * @param <T> the result
     * @param <X> the exception that it may throw
     */
    @FunctionalInterface
    public interface ResultBody<T extends @Nullable Object, X extends Exception> {
        /** Does the work. An exception rolls the transaction back and reaches the caller unchanged. */
        T run(Session session) throws X;
    }

    private final Supplier<SessionExecutor> executor;

    /** Makes the session of a read-only transaction, which tracks no records. */
    Session(SessionExecutor executor) {
        this(() -> executor);
    }

    /** @param executor returns that of the transaction, at each call */
    private Session(Supplier<SessionExecutor> executor) {
        this.executor = executor;
    }

    /** Makes a session that stands for that of the transaction which the calling thread has open. */
    static Session current(DatabaseExecutor database) {
        return new Session(database::current);
    }

    /** Makes the session of a transaction that tracks its records and writes their changes. */
    static Session tracking(SessionExecutor executor, TransactionOptions options) {
        executor.track(options.autoFlush());
        return new Session(executor);
    }

    /**
     * Adds the record to the session and returns it. At the commit or the next {@link #flush()}, a new record is
     * inserted, and a record that was read elsewhere is updated with the columns modified on it before and after this
     * call. New records that it references ({@link ToOne#set}) or has as children ({@link ToMany#add}) are added with
     * it (cascade). Referenced rows are inserted first, and their keys are filled in.
     *
     * <pre>{@code
     * var ann = session.add(new UsersRecord().setName("Ann"));
     * UsersRepository.ORDERS.add(ann, new OrdersRecord().setTotal(total));   // gets Ann's id when she is inserted
     * }</pre>
     *
     * <p>A record that the session's repositories have read need not be added.
     *
     * @throws IllegalArgumentException if the session has another record of the same row
     * @throws IllegalStateException if the record is attached to another open session, or the session is read-only
     */
    public <R extends KeyedRecord<R>> R add(R record) {
        executor().unitOfWork().add(record);
        return record;
    }

    /**
     * Deletes the row of the record at the commit or the next {@link #flush()}, with optimistic locking as in
     * {@link Repository#delete(KeyedRecord)}. A new record that is not inserted yet is only removed from the session.
     * Rows that refer to the row are not deleted with it, except by the database; see {@link ToMany#delete}.
     *
     * @throws IllegalArgumentException if the record is new and was not added, or the session has another record of the
     *     same row
     * @throws IllegalStateException if the session is read-only
     */
    public <R extends KeyedRecord<R>> void delete(R record) {
        executor().unitOfWork().delete(record);
    }

    /**
     * Writes all pending changes now instead of at the commit, or none if one of them fails. What was said last counts,
     * in whatever order it was said: rows that are referenced are inserted first and deleted last, unique values are
     * freed before other rows take them, and rows that wait for one another in a circle are written in two steps.
     *
     * <p>Changes are batched: one statement for each table, set of columns, and some hundred rows. {@link #plan}
     * returns the steps.
     *
     * @throws dev.rowan.error.StaleRecord if a row was changed or deleted since its record was read; the records are as
     *     before
     * @throws IllegalStateException if changes wait for one another in a circle in which no column may be NULL or hold
     *     another value meanwhile, or the session is read-only; nothing was written
     */
    public void flush() {
        var current = executor();
        current.unitOfWork(); // checks that there is one
        current.flush();
    }

    /**
     * Reads all columns of the record's row again. Changes of the record that are not written yet are lost, or with
     * auto-flush are written first; what was loaded along its relations is lost. A snapshot that is older than what a
     * locking read has returned is not read back.
     *
     * @throws dev.rowan.error.NotFound if the row does not exist any more
     * @throws IllegalArgumentException if the record is new
     * @throws IllegalStateException if the session is read-only and so tracks no records: read the row again there
     */
    public <R extends KeyedRecord<R>> void refresh(R record) {
        executor().refresh(record, false);
    }

    /**
     * Reads all columns of the record's row again, as {@link #refresh} does, and locks the row until the session ends.
     *
     * @throws dev.rowan.error.NotFound if the row does not exist any more
     * @throws IllegalArgumentException if the record is new
     * @throws IllegalStateException if the session is read-only
     */
    public <R extends KeyedRecord<R>> void refreshForUpdate(R record) {
        executor().refresh(record, true);
    }

    /**
     * Copies the changes of the record to the session's record of the same row, and returns that: what was set on a new
     * record, and what was modified on a record that was read elsewhere. The row is found by the primary key, and read
     * if the session does not hold its record. If there is no such row, a new record is {@linkplain #add added}, and
     * returned itself.
     *
     * <p>If the record holds a version, of its row or set from a form, it must be that of the row. Without one, the
     * changes overwrite those of others.
     *
     * @throws dev.rowan.error.StaleRecord if the row has another version, or the record was read or holds a version,
     *     and its row is gone
     * @throws IllegalStateException if the record is attached to another open session, or the session is read-only
     */
    public <R extends KeyedRecord<R>> R merge(R record) {
        return executor().merge(record);
    }

    /**
     * Stops to track the record: its changes are not written, a new record is not inserted, and a deleted one stays. It
     * may be added to another session.
     *
     * @throws IllegalStateException if the session is read-only
     */
    public <R extends KeyedRecord<R>> void detach(R record) {
        executor().unitOfWork().detach(record);
    }

    /**
     * Returns the records that the next flush inserts, updates and deletes.
     *
     * @throws IllegalStateException if the session is read-only
     */
    public PendingChanges pending() {
        return executor().unitOfWork().pending();
    }

    /**
     * Returns what the next flush writes, and in which order, and writes nothing. It may read columns that a record was
     * read without, if the order depends on them.
     *
     * <pre>{@code
     * print(session.plan()); // 1. insert users: 5 rows
     *                        // 2. insert orders: 10 rows
     * }</pre>
     *
     * @throws IllegalStateException as {@link #flush}
     */
    public FlushPlan plan() {
        return executor().plan().describe();
    }

    /**
     * Runs a part of the transaction during which queries do not flush first, although the session was opened with
     * {@link TransactionOptions#withAutoFlush()}.
     *
     * @throws X what the body throws, unchanged
     */
    public <X extends Exception> void withoutAutoFlush(Body<X> body) throws X {
        executor().<Session, X>withoutAutoFlush(inner -> {
            body.run(this);
            return this;
        });
    }

    /**
     * Returns jOOQ's DSL in this transaction, with Rowan's exceptions. jOOQ's own {@code transaction} is a savepoint,
     * as {@link #nested} is. Statements that would end the transaction on the server (most DDL, COMMIT, LOCK TABLES)
     * are refused with an {@link IllegalStateException} before they run.
     *
     * @throws IllegalStateException after the end of the transaction
     */
    public DSLContext dsl() {
        var current = executor();
        current.check();
        return DatabaseDsl.over(current);
    }

    /**
     * Runs a part of the transaction under a savepoint. If the body throws, that part alone is rolled back, and the
     * caller may catch the exception and continue. What it wrote is committed with the whole transaction. Parts can be
     * nested; inside, use the same session.
     *
     * <p>Pending changes are flushed when the part begins and when it ends. A rollback restores the records to their
     * state at the beginning of the part.
     *
     * @throws X what the body throws, unchanged
     */
    public <X extends Exception> void nested(Body<X> body) throws X {
        executor().<Session, X>nested(inner -> {
            body.run(this);
            return this;
        });
    }

    /**
     * Runs a part of the transaction under a savepoint and returns the body's result.
     *
     * @throws X what the body throws, unchanged
     * @see #nested
     */
    public <T extends @Nullable Object, X extends Exception> T nestedResult(ResultBody<T, X> body) throws X {
        return executor().<T, X>nested(inner -> body.run(this));
    }

    /**
     * Registers an action that runs after the commit: for work that cannot be rolled back, such as sending a message to
     * another service.
     *
     * <p>Actions run in the order of their registration, each one once, on the caller's thread, after the connection
     * was given back. They do not run after a rollback of the transaction, or of the {@link #nested} part that
     * registered them, nor if the process dies between the commit and the action. If an action throws, the others still
     * run, and the caller of the transaction receives a {@link dev.rowan.error.AfterCommitFailure}.
     *
     * <p>If the transaction was begun elsewhere (see {@link Database#over}), its transaction manager runs the action,
     * and decides what a failure of it means.
     *
     * @throws IllegalStateException after the end of the transaction, and if the transaction was begun elsewhere and
     *     the database has no {@link dev.rowan.config.TransactionBridge}: register the action where it was begun
     */
    public void afterCommit(Runnable action) {
        executor().afterCommit(action);
    }

    SessionExecutor executor() {
        return executor.get();
    }
}
