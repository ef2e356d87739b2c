package dev.rowan.internal.load;

import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.internal.write.RowCheck;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a bulk load, checked one by one as they are read. All rows must set the same columns. An error names the
 * row, counted from 1. Not thread-safe; for one use.
 */
public final class BulkRows<R extends KeyedRecord<R>> implements Iterator<R> {

    private final TableMapping<R> mapping;
    private final Iterator<R> records;
    private final Consumer<R> check;
    private @Nullable BitSet columns;
    private @Nullable R first;
    private long count;

    /**
     * Reads the rows of these records.
     *
     * @param check prepares a record for its insert, or throws
     */
    public BulkRows(TableMapping<R> mapping, Iterator<R> records, Consumer<R> check) {
        this.mapping = mapping;
        this.records = records;
        this.check = check;
    }

    /** Returns the columns that the first row sets, which is read now; none if there is no row. */
    BitSet columns() {
        if (columns == null && records.hasNext()) {
            first = read();
        }
        return columns == null ? new BitSet() : columns;
    }

    @Override
    public boolean hasNext() {
        return first != null || records.hasNext();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var row = first == null ? read() : first;
        first = null;
        return row;
    }

    private R read() {
        var row = records.next();
        count++;
        RowCheck.one(count, row, check);
        var written = WriteColumns.given(row, mapping);
        if (columns == null) {
            columns = written;
        }
        if (!columns.equals(written)) {
            throw new IllegalArgumentException("Row " + count + " sets other columns of "
                    + mapping.table().getName()
                    + " than row 1. Set the same columns on each row, null where there is no value.");
        }
        return row;
    }
}
