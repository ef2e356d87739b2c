package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.KeysetPager;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.LockMode;
import dev.rowan.internal.table.Patch;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A query of one table with a primary key: what {@link ReadQuery} does, pages, and writes by condition.
 *
 * <p>A query without a condition writes only if it was opened with {@code all()}.
 *
 * @param <R> the record of a row
 */
public final class TableQuery<R extends KeyedRecord<R>> extends ReadQuery<R> {

    /** Whether it was opened with {@code all()}: then a write of every row is meant. */
    private final boolean all;

    TableQuery(Executor executor, Selection<R> selection, boolean all, List<Relation<R, ?>> relations) {
        super(executor, selection, relations);
        this.all = all;
    }

    @Override
    public TableQuery<R> and(Condition condition) {
        return with(selection.and(condition));
    }

    @Override
    public TableQuery<R> orderBy(OrderField<?>... fields) {
        return with(selection.orderedBy(sorts(fields)));
    }

    @Override
    public TableQuery<R> with(Relation<R, ?> relation) {
        return new TableQuery<>(executor, selection, all, Relation.plus(relations, relation));
    }

    @Override
    public TableQuery<R> limit(long rows) {
        return with(selection.limitedTo(positive(rows)));
    }

    /**
     * Returns this query with its rows locked for writing until the session ends; it waits for those that another
     * transaction holds. {@link #skipLocked()} and {@link #noWait()} do not wait.
     *
     * <pre>{@code
     * var mine = jobs.in(session)
     *         .where(JOBS.DONE_AT.isNull()).orderBy(JOBS.ID).limit(10).forUpdate().skipLocked().list();
     * }</pre>
     *
     * @throws IllegalStateException outside a session, where a lock would last no longer than the statement
     */
    public TableQuery<R> forUpdate() {
        return locked("forUpdate", new LockMode(false, LockMode.Held.WAIT));
    }

    /**
     * Returns this query with its rows locked against writes until the session ends, which others may lock so too.
     *
     * @throws IllegalStateException outside a session, where a lock would last no longer than the statement
     */
    public TableQuery<R> forShare() {
        return locked("forShare", new LockMode(true, LockMode.Held.WAIT));
    }

    /** Returns this query without the rows that another transaction holds. @throws IllegalStateException without a lock */
    public TableQuery<R> skipLocked() {
        return with(selection.locked(lock("skipLocked").when(LockMode.Held.SKIP)));
    }

    /**
     * Returns this query so that it fails at once with a {@link dev.rowan.error.TransientFailure} if another transaction
     * holds one of the rows.
     *
     * @throws IllegalStateException without a lock
     */
    public TableQuery<R> noWait() {
        return with(selection.locked(lock("noWait").when(LockMode.Held.FAIL)));
    }

    /**
     * Returns one page of the rows in this query's order, ties broken by the primary key. Each page costs the same,
     * however deep: it is found by the values of the row before it, not by counting.
     *
     * <p>Each field of the order must be a column of the table that the server compares as it sorts: not JSON, FLOAT,
     * TEXT or BLOB.
     * A row that is neither written nor deleted meanwhile is on one page exactly, whatever happens to others.
     *
     * <p>A token is a position in the order, and of nothing else: the condition is this query's own, so that a token
     * never shows a row that the query would not. Under another condition it leads to the rows after the same position.
     *
     * @throws dev.rowan.error.InvalidPageToken if the request's token is damaged, or of another order
     * @throws IllegalStateException if the query has a limit: the page's size is one
     */
    public Page<R> page(PageRequest request) {
        var keyset = keyset();
        if (relations.isEmpty()) {
            return keyset.page(request, executor);
        }
        return executor.consistently(session -> {
            var page = keyset.page(request, session);
            Relation.loadAll(relations, page.items(), session);
            return page;
        });
    }

    /**
     * Returns all rows, page by page in this query's order, each page read when the stream comes to it: a walk along a
     * table of any length. No connection is held between pages, and there is nothing to close. Without rows there is one
     * page, which is empty.
     *
     * @throws IllegalStateException if the query has a limit
     */
    public Stream<Page<R>> scan(int chunk) {
        return scan(PageRequest.first(chunk));
    }

    /**
     * Returns the rows from a page on, page by page. A walk that stopped goes on where it was, in another process too, at
     * the {@code next()} of the last page that was dealt with.
     *
     * @throws IllegalStateException if the query has a limit
     * @see #scan(int)
     */
    public Stream<Page<R>> scan(PageRequest from) {
        keyset();
        return KeysetPager.scan(from, this::page);
    }

    /**
     * Writes the columns that the patch sets, to every row, and returns the number of rows found, whether changed or
     * not. The patch is given a blank record; a column of a version adds one by itself.
     *
     * @throws IllegalStateException if the query has no condition and was not opened with {@code all()}, or if it has
     *     an order or a limit
     */
    public long update(Consumer<? super R> patch) {
        refuseAccidents("update");
        var record = selection.mapping().newRecord();
        patch.accept(record);
        var written = new Patch<>(selection.mapping(), record);
        if (written.isEmpty()) {
            return executor.run(selection.count());
        }
        return overwriting(selection.update(written));
    }

    /**
     * Deletes every row, and returns how many there were.
     *
     * @throws IllegalStateException if the query has no condition and was not opened with {@code all()}, or if it has
     *     an order or a limit
     */
    public long delete() {
        refuseAccidents("delete");
        return overwriting(selection.delete());
    }

    private long overwriting(SqlCommand<Long> write) {
        executor.tracker().beforeWrite(selection.table());
        var rows = executor.run(write);
        executor.tracker().afterWrite(List.of(selection.table()));
        return rows;
    }

    private TableQuery<R> with(Selection<R> other) {
        return new TableQuery<>(executor, other, all, relations);
    }

    private TableQuery<R> locked(String step, LockMode lock) {
        if (!(executor instanceof SessionExecutor)) {
            throw new IllegalStateException("Outside a session, a lock ends with its statement. Call " + step
                    + "() on a repository of a session: database.transaction(session -> repository.in(session)…).");
        }
        return with(selection.locked(lock));
    }

    private LockMode lock(String step) {
        var lock = selection.lock();
        if (lock == null) {
            throw new IllegalStateException(
                    "Call forUpdate() or forShare() before " + step + "(): it says how to lock.");
        }
        return lock;
    }

    private KeysetPager<R> keyset() {
        if (selection.limit() > 0) {
            throw new IllegalStateException("A page of " + selection.table().getName()
                    + " has its own size. Leave limit out, and give it to the PageRequest.");
        }
        return KeysetPager.of(selection);
    }

    private void refuseAccidents(String write) {
        refuseRelations("A write", "write the records");
        var table = selection.table().getName();
        if (!all && isAlwaysTrue(selection.condition())) {
            throw new IllegalStateException("This " + write + " has no condition and would reach every row of " + table
                    + ". Add one with where(…), or open the query with all().");
        }
        if (selection.limit() > 0 || !selection.order().isEmpty() || selection.lock() != null) {
            throw new IllegalStateException("This " + write + " of " + table
                    + " takes no orderBy, limit or lock: which rows it reaches is for the condition alone to say.");
        }
    }

    private static boolean isAlwaysTrue(@Nullable Condition condition) {
        return condition == null || condition.equals(DSL.noCondition()) || condition.equals(DSL.trueCondition());
    }
}
