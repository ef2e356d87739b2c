package dev.rowan;

import java.util.function.Consumer;
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
public final class TableQuery<R extends Row<R>> extends ReadQuery<R> {

    /** Whether it was opened with {@code all()}: then a write of every row is meant. */
    private final boolean all;

    TableQuery(Channel channel, Selection<R> selection, boolean all) {
        super(channel, selection);
        this.all = all;
    }

    @Override
    public TableQuery<R> and(Condition condition) {
        return new TableQuery<>(channel, selection.and(condition), all);
    }

    @Override
    public TableQuery<R> orderBy(OrderField<?>... fields) {
        return new TableQuery<>(channel, selection.orderedBy(sorts(fields)), all);
    }

    @Override
    public TableQuery<R> limit(long rows) {
        return new TableQuery<>(channel, selection.limitedTo(positive(rows)), all);
    }

    /**
     * Returns one page of the rows in this query's order, ties broken by the primary key. Each page costs the same,
     * however deep: it is found by the values of the row before it, not by counting.
     *
     * <p>Each field of the order must be a column of the table that the server compares as it sorts: not an ENUM or
     * JSON.
     *
     * @throws dev.rowan.error.InvalidPageToken if the request's token is damaged, or of another order
     * @throws IllegalStateException if the query has a limit: the page's size is one
     */
    public Page<R> page(PageRequest request) {
        if (selection.limit() > 0) throw new IllegalStateException("A page has its own size: leave limit out.");
        return Keyset.of(selection).page(request, channel);
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
        return channel.run(written.isEmpty() ? selection.count() : selection.update(written));
    }

    /**
     * Deletes every row, and returns how many there were.
     *
     * @throws IllegalStateException if the query has no condition and was not opened with {@code all()}, or if it has
     *     an order or a limit
     */
    public long delete() {
        refuseAccidents("delete");
        return channel.run(selection.delete());
    }

    private void refuseAccidents(String write) {
        var table = selection.table().getName();
        if (!all && isAlwaysTrue(selection.condition()))
            throw new IllegalStateException("This " + write + " has no condition and would reach every row of " + table
                    + ". Add one with where(…), or open the query with all().");
        if (selection.limit() > 0 || !selection.order().isEmpty())
            throw new IllegalStateException("A " + write + " of " + table
                    + " takes no orderBy or limit: which rows it reaches is for the condition alone to say.");
    }

    private static boolean isAlwaysTrue(@Nullable Condition condition) {
        return condition == null || condition.equals(DSL.noCondition()) || condition.equals(DSL.trueCondition());
    }
}
