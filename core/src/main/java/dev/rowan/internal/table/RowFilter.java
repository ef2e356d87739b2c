package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import java.util.List;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows at the end of a way are taken, in which order, and how many for each record.
 *
 * @param condition null for all
 * @param limit 0 for as many as there are
 */
public record RowFilter(@Nullable Condition condition, List<SortField<?>> order, long limit) {

    public static final RowFilter NONE = new RowFilter(null, List.of(), 0);

    public Condition conditionOrTrue() {
        return condition == null ? DSL.noCondition() : condition;
    }

    /** Returns the shape of a query of this kind, with the values of the condition and of the limit. */
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
            // a limit moves the order to the front of the text
            shape.open();
        }
        shape.with(sorts.key());
        if (limit > 0) {
            shape.with("limit");
            shape.values().add(Codec.of(SQLDataType.BIGINT), limit);
        }
        return shape;
    }

    public RowFilter and(Condition more) {
        return new RowFilter(condition == null ? more : condition.and(more), order, limit);
    }

    public RowFilter orderedBy(List<SortField<?>> sorts) {
        return new RowFilter(condition, List.copyOf(sorts), limit);
    }

    public RowFilter limitedTo(long rows) {
        return new RowFilter(condition, order, rows);
    }
}
