package dev.rowan;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.UpsertByKey;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertResult;
import org.jooq.UniqueKey;

/**
 * An upsert of one row, before its unique key is chosen: {@link #on} runs it. For one use.
 *
 * <pre>{@code
 * users.upsert(user -> user.setEmail("ann@example.org").setAge(32)).on(KEY_USERS_UK_USERS_EMAIL);
 * }</pre>
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
     * Writes all that the record was given, to the row with the same values in this unique key, or to a new row if
     * there is none. An update does not change the columns of this key and of the primary key, and does not check the
     * version. It increments the version if another column changes. NULL in the key equals no other NULL: then the row
     * is new.
     *
     * <p>The upsert is one statement, and atomic. If the primary key is neither this key nor an AUTO_INCREMENT column,
     * a second statement in the same transaction reads it.
     *
     * @return the record, with its primary key, and whether its row was inserted, updated or unchanged; in a session
     *     that had another record of the row before, that record
     * @throws dev.rowan.error.UniqueViolation if the values of another unique key are those of another row; the
     *     violation names that key, and nothing is written
     * @throws IllegalArgumentException if the record does not hold a column of the key, or a version or generated
     * column
     *     was set
     */
    public UpsertResult<R> on(UniqueKey<R> key) {
        return new UpsertByKey<>(mapping, key).upsert(record, executor);
    }
}
