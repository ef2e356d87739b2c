package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.table.RowReader;
import dev.rowan.internal.util.FieldNames;
import org.jooq.CheckReturnValue;
import org.jooq.Record;
import org.jooq.TableField;

/**
 * A query that reads selected fields instead of whole records. Immutable.
 *
 * @param <T> jOOQ's record of the fields' types, detached
 */
public final class Projection<T extends Record> extends RowQuery<T> {

    private final Selection<?> selection;
    private final RowReader<T> columns;

    Projection(Executor executor, Selection<?> selection, RowReader<T> columns) {
        super(executor);
        this.selection = selection;
        this.columns = columns;
    }

    /**
     * Returns this projection with DISTINCT: each combination of values once.
     *
     * @throws IllegalArgumentException if the query is ordered by a column that is not selected
     */
    @CheckReturnValue
    public Projection<T> distinct() {
        for (var sort : selection.order()) {
            if (sort.$field() instanceof TableField<?, ?> field
                    && !columns.fields().contains(field)) {
                throw new IllegalArgumentException("Distinct rows cannot be ordered by " + FieldNames.shown(field)
                        + ", which is not selected. Select it too, or order by a selected column.");
            }
        }
        return new Projection<>(executor, selection, columns.asDistinct());
    }

    @Override
    Selection<?> selection() {
        return selection;
    }

    @Override
    RowReader<T> columns() {
        return columns;
    }
}
