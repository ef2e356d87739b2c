package dev.rowan.internal.load;

import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.ChunkWriter;
import dev.rowan.internal.write.InsertChunk;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a load as they come, all of the same columns; one that is not to be inserted is refused by its number. */
public final class BulkRows<R extends KeyedRecord<R>> implements Iterator<R> {

    private final TableMapping<R> mapping;
    private final Iterator<R> records;
    private final Consumer<R> check;
    private @Nullable BitSet columns;
    private @Nullable R first;
    private long count;

    /**
     * Makes the rows of these records.
     *
     * @param check prepares a record for its insert, or refuses it
     */
    public BulkRows(TableMapping<R> mapping, Iterator<R> records, Consumer<R> check) {
        this.mapping = mapping;
        this.records = records;
        this.check = check;
    }

    /** Returns the columns that are written, none if there is no row: those of the first, which is read for this. */
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
        ChunkWriter.check(count, row, check);
        var written = InsertChunk.written(mapping, row);
        if (columns == null) {
            columns = written;
        }
        if (!columns.equals(written)) {
            throw new IllegalArgumentException("Row " + count + " was given other columns of "
                    + mapping.table().getName()
                    + " than row 1. Set the same on each, to null where there is no value.");
        }
        return row;
    }
}
