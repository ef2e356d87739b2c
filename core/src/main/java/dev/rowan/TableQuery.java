package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.KeysetPager;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.session.SessionExecutor;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.Conditions;
import dev.rowan.internal.table.LockMode;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.RowReader;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.Page;
import dev.rowan.result.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.CheckReturnValue;
import org.jooq.Condition;
import org.jooq.OrderField;

/**
 * A query of one table with a primary key. It adds pages, locks, and updates and deletes by condition to
 * {@link ReadQuery}.
 *
 * <p>An update or delete without a condition is refused, unless the query was opened with {@code all()}. Immutable, as
 * {@link ReadQuery}.
 *
 * @param <R> the record of a row
 */
public final class TableQuery<R extends KeyedRecord<R>> extends ReadQuery<R> {

    /** Whether the query was opened with {@code all()}: then a write of all rows is intended. */
    private final boolean all;

    TableQuery(Executor executor, Selection<R> selection, boolean all, List<Relation<R, ?>> relations) {
        super(executor, selection, relations);
        this.all = all;
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> and(Condition condition) {
        return with(selection.and(condition));
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> orderBy(OrderField<?>... fields) {
        return with(selection.thenOrderedBy(sorts(fields)));
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> orderBy(Collection<? extends OrderField<?>> fields) {
        return orderBy(fields.toArray(OrderField<?>[]::new));
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> with(Relation<R, ?> relation) {
        return new TableQuery<>(executor, selection, all, Relation.plus(relations, relation));
    }

    @CheckReturnValue
    @Override
    public TableQuery<R> limit(long rows) {
        return with(selection.atMost(notNegative(rows)));
    }

    /**
     * Returns this query with FOR UPDATE: its rows are locked for writing until the session ends. It waits for rows
     * that another transaction has locked, unless {@link #skipLocked()} or {@link #noWait()} follows.
     *
     * <pre>{@code
     * var claimed = jobs.in(session).where(JOBS.DONE_AT.isNull()).orderBy(JOBS.ID).limit(10)
     *         .forUpdate().skipLocked().list();
     * }</pre>
     *
     * @throws IllegalStateException outside a session, where a lock would last no longer than the statement
     */
    @CheckReturnValue
    public TableQuery<R> forUpdate() {
        return locked("forUpdate", new LockMode(false, LockMode.Held.WAIT));
    }

    /**
     * Returns this query with FOR SHARE: its rows cannot be written by other transactions until the session ends. Other
     * transactions may read them, and lock them with FOR SHARE too.
     *
     * @throws IllegalStateException outside a session, where a lock would last no longer than the statement
     */
    @CheckReturnValue
    public TableQuery<R> forShare() {
        return locked("forShare", new LockMode(true, LockMode.Held.WAIT));
    }

    /**
     * Returns this query without rows that another transaction has locked.
     *
     * @throws IllegalStateException without a lock
     */
    @CheckReturnValue
    public TableQuery<R> skipLocked() {
        return with(selection.locked(lock("skipLocked").when(LockMode.Held.SKIP)));
    }

    /**
     * Returns this query with NOWAIT: it fails at once with a {@link dev.rowan.error.TransientFailure} if another
     * transaction has locked one of the rows.
     *
     * @throws IllegalStateException without a lock
     */
    @CheckReturnValue
    public TableQuery<R> noWait() {
        return with(selection.locked(lock("noWait").when(LockMode.Held.FAIL)));
    }

    /**
     * Returns one page of the rows in this query's order, by keyset (cursor) pagination. Rows with equal values are
     * sorted by the primary key. All pages take the same time, as the server starts at the last row of the page before
     * instead of counting an OFFSET.
     *
     * <p>The order may contain columns, also along foreign keys, and expressions that are cast to a type, as in {@code
     * USERS.NAME.concat("!").cast(VARCHAR(60))}, of types that the server compares as it sorts them: not JSON, FLOAT,
     * TEXT, BLOB or SET. Only by columns of the table, with NULLs where MySQL sorts them, can it use an index;
     * otherwise the server sorts all rows for each page. A row that does not change between the requests is on exactly
     * one page, whatever happens to other rows.
     *
     * <p>A token contains a position in the order, but no condition. The condition is that of this query, so a token
     * never reveals rows that the query does not return. With another condition it returns the rows after the same
     * position.
     *
     * @throws dev.rowan.error.InvalidPageToken if the request's token is damaged, or was made for another order
     * @throws IllegalStateException if the query has a limit: the size of a page is that of the request
     * @throws IllegalArgumentException if the rows cannot be paged in this order
     */
    public Page<R> page(PageRequest request) {
        var pager = pager();
        if (relations.isEmpty()) {
            return pager.page(request, executor, executor.tracker()::canonical);
        }
        return executor.consistently(session -> {
            var page = pager.page(request, session, session.tracker()::canonical);
            Relation.loadAll(relations, page.items(), session);
            return page;
        });
    }

    /**
     * Returns the request for the page after a position in this query's order. The position is that of a row with the
     * record's values, which need not exist: the record must hold the columns of the order, and of the primary key.
     *
     * <pre>{@code
     * var byName = users.all().orderBy(USERS.NAME);
     * var page = byName.page(byName.after(new UsersRecord().setName("Bob").setId(7), 50));
     * }</pre>
     *
     * @throws IllegalArgumentException if the record does not hold one of these columns, or the order has other fields
     *     than the table's columns
     * @throws IllegalStateException if the query has a limit
     */
    @CheckReturnValue
    public PageRequest after(R position, int size) {
        return pager().request(position, false, size);
    }

    /**
     * Returns the request for the page before a position in this query's order, see {@link #after}.
     *
     * @throws IllegalArgumentException as {@link #after}
     * @throws IllegalStateException if the query has a limit
     */
    @CheckReturnValue
    public PageRequest before(R position, int size) {
        return pager().request(position, true, size);
    }

    /**
     * Returns a stream of all rows as pages, in this query's order. Each page is read when the stream reaches it, so
     * that a table of any size can be processed. No connection is held between pages, and the stream need not be
     * closed. If there are no rows, the stream has one empty page.
     *
     * @param chunk the rows per page
     * @throws IllegalStateException if the query has a limit
     */
    @CheckReturnValue
    public Stream<Page<R>> scan(int chunk) {
        return scan(PageRequest.first(chunk));
    }

    /**
     * Returns a stream of pages from a request on. A scan that stopped can be resumed, in another process too, from the
     * {@code next()} of the last processed page.
     *
     * @throws IllegalStateException if the query has a limit
     * @see #scan(int)
     */
    @CheckReturnValue
    public Stream<Page<R>> scan(PageRequest from) {
        pager(); // checks the query now, not when the first page is read
        return KeysetPager.scan(from, this::page);
    }

    /**
     * Updates the columns that the patch sets, in all rows, and returns the number of rows that were found, changed or
     * not. A version column is incremented.
     *
     * <pre>{@code
     * users.where(USERS.STATUS.eq(CLOSED)).update(user -> user.setEmail(null));
     * }</pre>
     *
     * @param patch sets columns on a blank record
     * @throws IllegalStateException if the query has no condition, or one that is always true, and was not opened with
     *     {@code all()}; or if it has an order or a limit
     */
    public long update(Consumer<? super R> patch) {
        requireWritable("update");
        var record = selection.mapping().newRecord();
        patch.accept(record);
        var written = new Patch<>(selection.mapping(), record);
        if (written.isEmpty()) {
            return executor.run(selection.count());
        }
        return write(selection.update(written));
    }

    /**
     * Deletes all rows, and returns their number.
     *
     * @throws IllegalStateException if the query has no condition, or one that is always true, and was not opened with
     *     {@code all()}; or if it has an order or a limit
     */
    public long delete() {
        requireWritable("delete");
        return write(selection.delete());
    }

    private long write(SqlCommand<Long> write) {
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
            throw new IllegalStateException("Call forUpdate() or forShare() before " + step + "(), to lock the rows.");
        }
        return lock;
    }

    private KeysetPager<R, R> pager() {
        selection.requireNoLimit();
        return KeysetPager.of(selection, RowReader.of(selection.mapping()));
    }

    private void requireWritable(String write) {
        refuseRelations("A write", "write the records");
        var table = selection.table().getName();
        if (!all && Conditions.isAlwaysTrue(selection.condition())) {
            throw new IllegalStateException(
                    "This " + write + " has no condition, or one that is always true, and would reach every row of "
                            + table + ". Add one with where(…), or open the query with all().");
        }
        if (selection.limit() != Selection.NO_LIMIT || !selection.order().isEmpty() || selection.lock() != null) {
            throw new IllegalStateException("This " + write + " of " + table
                    + " takes no orderBy, limit or lock: only its condition selects the rows.");
        }
    }
}
