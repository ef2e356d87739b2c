package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.UpsertByKey;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import org.jooq.UniqueKey;

/**
 * An upsert of many rows, before their unique key is chosen: {@link #on} runs it. For one use.
 *
 * @param <R> the record of a row
 */
public final class UpsertAll<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final Executor executor;
    private final List<R> records;

    UpsertAll(TableMapping<R> mapping, Executor executor, List<R> records) {
        this.mapping = mapping;
        this.executor = executor;
        this.records = records;
    }

    /**
     * Writes each record as {@link Upsert#on} does, in their order, atomically. The primary keys of the records are not
     * set, as a statement of many rows does not report the outcome of each. To know them, upsert one by one in a
     * transaction.
     *
     * @throws dev.rowan.error.UniqueViolation as {@link Upsert#on} does; the message contains the number of the row,
     *     from 1
     * @throws IllegalArgumentException as {@link Upsert#on} does
     */
    public void on(UniqueKey<R> key) {
        new UpsertByKey<>(mapping, key).upsertAll(records, executor);
    }
}
