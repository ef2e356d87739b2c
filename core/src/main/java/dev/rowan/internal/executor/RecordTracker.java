package dev.rowan.internal.executor;

import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Is told of the records that are read and written, as the identity map of a session. Outside a session it is
 * {@link #NONE}. Not thread-safe, except for that.
 */
public interface RecordTracker {

    /** Tracks nothing: each read returns a new record, and each write is committed. */
    RecordTracker NONE = new RecordTracker() {};

    /** Returns the record of a row that was just read; in a session, each row has only one record. */
    default <R extends TableRecord<R>> R canonical(R read) {
        return read;
    }

    /** Returns the session's record of the row with a key, if it is known to hold what the row holds. */
    default <R extends TableRecord<R>> @Nullable R held(Table<R> table, List<Object> key) {
        return null;
    }

    /**
     * Returns the record of the row that a record was just upserted to; in a session, each row has only one record.
     *
     * @param written the columns that were written
     * @param isChanged whether the row was changed
     */
    default <R extends KeyedRecord<R>> R afterUpsert(R record, BitSet written, boolean isChanged) {
        return record;
    }

    /** Is called before a query takes values of records, which a session with auto-flush writes first. */
    default void beforeRead() {}

    /** Is called before rows of a table are written by a condition. */
    default void beforeWrite(Table<?> table) {}

    /** Is called before the row with a key is written, without its record. */
    default void beforeWrite(Table<?> table, List<Object> key) {}

    /**
     * Is called before the row of a record is written.
     *
     * @throws IllegalArgumentException if the session has another record of the row
     */
    default void beforeWrite(KeyedRecord<?> record) {}

    /** Is called after rows of tables were written without their records; an empty list means any tables. */
    default void afterWrite(List<? extends Table<?>> tables) {}

    /** Is called before a record is marked as written; a session saves its state for a rollback. */
    default void written(KeyedRecord<?> record) {}

    /** Is called before a record is marked as inserted; a session saves its state for a rollback. */
    default void inserted(KeyedRecord<?> record) {}
}
