package dev.rowan.internal.write;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.SqlExceptionTranslator;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Finds which of many records is stale, after a write of all of them found fewer rows and was rolled back. Only the
 * count of the rows is known by then, so the rows are looked for once more, by the same keys and versions. Immutable.
 */
final class StaleRowFinder<R extends KeyedRecord<R>> {

    /** The most records that are looked for by one statement. */
    private static final int MOST_ROWS = 1_000;

    private final TableMapping<R> mapping;
    private final RecordWriter<R> one;

    StaleRowFinder(TableMapping<R> mapping, RecordWriter<R> one) {
        this.mapping = mapping;
        this.one = one;
    }

    /**
     * Returns the error with the number of the first stale record, counted from 1; the same error if none is found.
     *
     * @param isWritten whether a record was to be written
     */
    DatabaseException inRow(StaleRecord e, Collection<R> records, Predicate<R> isWritten, Executor executor) {
        try {
            var number = find(List.copyOf(records), isWritten, executor);
            return number.isPresent() ? SqlExceptionTranslator.inRow(number.getAsLong(), e) : e;
        } catch (DatabaseException other) {
            e.addSuppressed(other);
            return e;
        }
    }

    private OptionalLong find(List<R> records, Predicate<R> isWritten, Executor executor) {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < records.size(); i++) {
            if (!RecordAccess.isNew(records.get(i)) && isWritten.test(records.get(i))) {
                numbers.add(i);
            }
        }
        var join = new ValuesJoin(mapping.dsl(), mapping.table(), one.identifying(), List.of());
        for (int i = 0; i < numbers.size(); i += MOST_ROWS) {
            var chunk = numbers.subList(i, Math.min(i + MOST_ROWS, numbers.size()));
            var binds = new BindValues();
            chunk.forEach(place -> binds.addAll(one.identification(records.get(place))));
            var found = new BitSet();
            var text = join.lockingSelect(chunk.size(), List.of()); // not from a snapshot that is older than the write
            executor.run(SqlCommand.list(mapping.table(), text, binds, row -> row.getInt(1))
                            .unpooled())
                    .forEach(found::set);
            var missing = found.nextClearBit(0);
            if (missing < chunk.size()) {
                return OptionalLong.of(chunk.get(missing) + 1L);
            }
        }
        return OptionalLong.empty();
    }
}
