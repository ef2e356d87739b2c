package dev.rowan.internal.table;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The rows that were loaded along a relation. They cannot be changed as a list: the error says what to call. Immutable,
 * except for the records.
 */
public final class RelatedRows<T> extends AbstractList<T> implements RandomAccess {

    private final String relation;
    private final List<T> rows;

    /**
     * Wraps rows, which nobody may change afterwards.
     *
     * @param relation the name of the relation's constant
     */
    public RelatedRows(String relation, List<T> rows) {
        this.relation = relation;
        this.rows = rows;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void add(int index, T row) {
        throw unmodifiable();
    }

    @Override
    public T set(int index, T row) {
        throw unmodifiable();
    }

    @Override
    public T remove(int index) {
        throw unmodifiable();
    }

    private UnsupportedOperationException unmodifiable() {
        return new UnsupportedOperationException("This list shows the rows of " + relation
                + ", and writes nothing. Call " + relation + ".add(…) to add a row, and " + relation
                + ".remove(…) or session.delete(row) to remove one.");
    }
}
