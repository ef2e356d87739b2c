package dev.rowan;

import dev.rowan.error.NotFound;
import dev.rowan.error.NotUnique;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.SortField;
import org.jooq.TableRecord;

/**
 * A query of one table or view that reads: conditions, order and limit first, then the verb that names the shape of the
 * answer.
 *
 * <p>Immutable: each step returns a query of its own, so that one can be kept and used many times, by many threads if it
 * is bound to a {@link Database}. A column of another table is refused by name, with an
 * {@link IllegalArgumentException}, before a connection is taken.
 *
 * @param <R> the record of a row
 */
public sealed class ReadQuery<R extends TableRecord<R>> permits TableQuery {

    final Channel channel;
    final Selection<R> selection;

    ReadQuery(Channel channel, Selection<R> selection) {
        this.channel = channel;
        this.selection = selection;
    }

    /** Returns this query, narrowed to the rows that meet the condition too. */
    public ReadQuery<R> and(Condition condition) {
        return new ReadQuery<>(channel, selection.and(condition));
    }

    /** Returns this query in the order of these fields, {@code USERS.NAME} or {@code USERS.AGE.desc()}. */
    public ReadQuery<R> orderBy(OrderField<?>... fields) {
        return new ReadQuery<>(channel, selection.orderedBy(sorts(fields)));
    }

    /** Returns this query, cut off after so many rows. @throws IllegalArgumentException if there are none */
    public ReadQuery<R> limit(long rows) {
        return new ReadQuery<>(channel, selection.limitedTo(positive(rows)));
    }

    /** Returns all rows. */
    public List<R> list() {
        return channel.run(selection.rows(selection.mapping()::readAll));
    }

    /** Returns the first row, if there is one. */
    public Optional<R> first() {
        return channel.run(selection.limitedTo(1).rows(selection.mapping()::readFirst));
    }

    /**
     * Returns the only row.
     *
     * @throws NotFound if there is none
     * @throws NotUnique if there is more than one
     */
    public R one() {
        var atMost = selection.limit() == 0 ? 2 : Math.min(2, selection.limit());
        var rows = channel.run(selection.limitedTo(atMost).rows(selection.mapping()::readAll));
        var table = selection.table().getName();
        if (rows.isEmpty())
            throw new NotFound("No row of " + table + " meets the condition. Use first() where there may be none.");
        if (rows.size() > 1)
            throw new NotUnique(
                    "Several rows of " + table + " meet the condition. Narrow it to one, or use first() or list().");
        return rows.getFirst();
    }

    /** Returns the number of rows. */
    public long count() {
        return channel.run(selection.count());
    }

    /** Says whether there is any row. */
    public boolean exists() {
        return channel.run(selection.exists());
    }

    static List<SortField<?>> sorts(OrderField<?>... fields) {
        var sorts = new ArrayList<SortField<?>>();
        for (var field : fields) sorts.add(field instanceof SortField<?> sort ? sort : ((Field<?>) field).asc());
        return sorts;
    }

    static long positive(long rows) {
        if (rows < 1) throw new IllegalArgumentException("limit must be at least 1.");
        return rows;
    }
}
