package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.UpsertByKey;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertCounts;
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
     * Writes each record as {@link Upsert#on} does, in their order, atomically. The records receive the primary keys of
     * their rows. Unless the key contains the primary key, that takes one more statement for some hundred records; a
     * record with NULL in the key does not receive an id that the server generates.
     *
     * @return how many rows were inserted, updated and unchanged
     * @throws dev.rowan.error.UniqueViolation as {@link Upsert#on} does; the message contains the number of the row,
     *     from 1
     * @throws IllegalArgumentException as {@link Upsert#on} does
     * @throws IllegalStateException if a row with a generated id is not found by the key after it was written, since a
     *     trigger changes the key; then nothing is written
     */
    public UpsertCounts on(UniqueKey<R> key) {
        return new UpsertByKey<>(mapping, key).upsertAll(records, executor);
    }
}
