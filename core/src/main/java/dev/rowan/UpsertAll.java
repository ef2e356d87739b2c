package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.UpsertByKey;
import dev.rowan.record.KeyedRecord;
import java.util.List;
import org.jooq.UniqueKey;

/**
 * Rows to be inserted, or updated where they are there already; which rows those are, {@link #on} says.
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
     * Writes each record as {@link Upsert#on} does, in their order and all or none. The records do not learn their keys:
     * statements of many rows do not say what became of each. Where that is asked for, upsert one by one in a transaction.
     *
     * @throws dev.rowan.error.UniqueViolation as {@link Upsert#on} does; the message says which row it is, counted from 1
     * @throws IllegalArgumentException as {@link Upsert#on} does
     */
    public void on(UniqueKey<R> key) {
        new UpsertByKey<>(mapping, key).upsertAll(records, executor);
    }
}
