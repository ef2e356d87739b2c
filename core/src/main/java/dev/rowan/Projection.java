package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.query.Selection;
import dev.rowan.internal.table.RowReader;
import org.jooq.CheckReturnValue;
import org.jooq.Record;

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

    /** Returns this projection with DISTINCT: each combination of values once. */
    @CheckReturnValue
    public Projection<T> distinct() {
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
