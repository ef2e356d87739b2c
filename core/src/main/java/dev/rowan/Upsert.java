package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.UpsertByKey;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertResult;
import org.jooq.UniqueKey;

/**
 * One row to be inserted, or updated if it is there already; which row that is, {@link #on} says.
 *
 * @param <R> the record of the row
 */
public final class Upsert<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final Executor executor;
    private final R record;

    Upsert(TableMapping<R> mapping, Executor executor, R record) {
        this.mapping = mapping;
        this.executor = executor;
        this.record = record;
    }

    /**
     * Writes the columns that were set on the record: to the row with the same values in this unique key, or to a new
     * one. Of a row that is there, the columns of this key and of the primary key stay as they are; a version adds one if
     * another column changes. NULL in the key is like no other row's: then the row is new.
     *
     * <p>It is one statement, and none can come between: where the primary key is not a number that the server makes and
     * this is not the primary key, two in one transaction.
     *
     * @throws dev.rowan.error.UniqueViolation if no row has the same values in this key, or another one, and some row has
     *     the same in another key, which is the violation's; nothing is written then
     * @throws IllegalArgumentException if a column of the key was not set, or one was set that is not the caller's to
     *     write: of a version, or generated
     */
    public UpsertResult<R> on(UniqueKey<R> key) {
        return new UpsertByKey<>(mapping, key).upsert(record, executor);
    }
}
