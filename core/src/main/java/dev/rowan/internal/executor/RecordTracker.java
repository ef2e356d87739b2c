package dev.rowan.internal.executor;

import dev.rowan.record.KeyedRecord;
import java.util.List;
import org.jooq.Table;
import org.jooq.TableRecord;

/**
 * What learns of the records that are read and written: the identity map of a session. Outside a session, {@link #NONE}.
 * Not thread-safe, but for that one.
 */
public interface RecordTracker {

    /** Tracks nothing: each read makes a record of its own, and what is written is committed. */
    RecordTracker NONE = new RecordTracker() {};

    /** Returns the record that stands for the row that was just read into this one: in a session, each row has one. */
    default <R extends TableRecord<R>> R known(R read) {
        return read;
    }

    /** Notes that rows of a table are about to be written by a condition. */
    default void beforeWrite(Table<?> table) {}

    /** Notes that the row of a table with this key is about to be written, not by its record. */
    default void beforeWrite(Table<?> table, List<Object> key) {}

    /** Notes that the row of the record is about to be written, which may have another record in the session. */
    default void beforeWrite(KeyedRecord<?> record) {}

    /** Notes that rows of these tables were written, not by their records; of any table, if none is named. */
    default void afterWrite(List<? extends Table<?>> tables) {}

    /** Remembers a record as it is, before it learns that it was written; a session sets it back if it rolls back. */
    default void written(KeyedRecord<?> record) {}

    /** Does so for one that is about to learn that it was inserted: no other record stands for its row any more. */
    default void inserted(KeyedRecord<?> record) {}
}
