package dev.rowan;

import org.jooq.Record;

/**
 * Some fields of a query's rows, in place of whole records: only they are read. Immutable.
 *
 * @param <T> jOOQ's row of the fields' types, detached
 */
public final class Projection<T extends Record> extends Listing<T> {

    private final Selection<?> selection;
    private final Columns<T> columns;

    Projection(Channel channel, Selection<?> selection, Columns<T> columns) {
        super(channel);
        this.selection = selection;
        this.columns = columns;
    }

    /** Returns this projection with each combination of values once. */
    public Projection<T> distinct() {
        return new Projection<>(channel, selection, columns.asDistinct());
    }

    @Override
    Selection<?> selection() {
        return selection;
    }

    @Override
    Columns<T> columns() {
        return columns;
    }
}
