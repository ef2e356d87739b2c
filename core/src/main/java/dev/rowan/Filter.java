package dev.rowan;

import java.util.List;
import org.jooq.Condition;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows at the end of a way are taken, in which order, and how many for each record.
 *
 * @param condition null for all
 * @param limit 0 for as many as there are
 */
record Filter(@Nullable Condition condition, List<SortField<?>> order, long limit) {

    static final Filter NONE = new Filter(null, List.of(), 0);

    /** Says whether it takes all rows, in any order. */
    boolean isNone() {
        return condition == null && order.isEmpty() && limit == 0;
    }

    Filter and(Condition more) {
        return new Filter(condition == null ? more : condition.and(more), order, limit);
    }

    Filter orderedBy(List<SortField<?>> sorts) {
        return new Filter(condition, List.copyOf(sorts), limit);
    }

    Filter limitedTo(long rows) {
        return new Filter(condition, order, rows);
    }
}
