package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A condition, order and limit on the rows that a relation leads to. Immutable.
 *
 * @param condition null for all rows
 * @param limit the number of rows per record, or {@link #NO_LIMIT}
 */
public record RowFilter(@Nullable Condition condition, List<SortField<?>> order, long limit) {

    /** The limit of a filter that keeps all rows. */
    private static final long NO_LIMIT = -1;

    /** The filter that keeps all rows, in no particular order. */
    public static final RowFilter NONE = new RowFilter(null, List.of(), NO_LIMIT);

    /** Returns whether a record has a limited number of rows. */
    public boolean hasLimit() {
        return limit != NO_LIMIT;
    }

    /** Returns the condition, or jOOQ's empty condition. */
    public Condition conditionOrTrue() {
        return condition == null ? DSL.noCondition() : condition;
    }

    /** Returns the shape of a query of this kind, with the bind values of the condition and the limit. */
    public QueryShape shape(Table<?> table, Object kind) {
        var shape = new QueryShape(table, kind);
        if (condition == null) {
            shape.with("all");
        } else {
            shape.with(condition);
        }
        var sorts = new QueryShape(table, "order");
        order.forEach(sorts::with);
        if (sorts.isOpen() || sorts.values().size() > 0) {
            // with a limit, the order comes first in the SQL
            shape.open();
        }
        shape.with(sorts.key());
        if (hasLimit()) {
            shape.with("limit");
            shape.values().add(Codec.of(SQLDataType.BIGINT), limit);
        }
        return shape;
    }

    /** Returns this filter, narrowed by one more condition. @throws IllegalArgumentException if it is null */
    public RowFilter and(Condition more) {
        return new RowFilter(Conditions.and(condition, more), order, limit);
    }

    /** Returns this filter with an order that breaks the ties of its own. */
    public RowFilter thenOrderedBy(List<SortField<?>> sorts) {
        return new RowFilter(
                condition, Stream.concat(order.stream(), sorts.stream()).toList(), limit);
    }

    /** Returns this filter, limited to a number of rows per record if its own limit is not lower. */
    public RowFilter atMost(long rows) {
        return hasLimit() && limit <= rows ? this : new RowFilter(condition, order, rows);
    }
}
