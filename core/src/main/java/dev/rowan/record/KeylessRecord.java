package dev.rowan.record;

import dev.rowan.internal.util.RecordDoor;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.TableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * The base class of generated records of views, and of tables without a primary key. Repositories read them, but never
 * write them. Not thread-safe.
 */
public abstract class KeylessRecord<R extends TableRecord<R>> extends TableRecordImpl<R> {

    static {
        RecordDoor.openKeyless(new Door());
    }

    private transient @Nullable Object state;

    /** Creates an empty record of a table; generated records call it. */
    @SuppressWarnings("this-escape") // jOOQ only stores the configuration
    protected KeylessRecord(Table<R> table) {
        super(table);
        attach(DetachedVerbs.CONFIGURATION);
    }

    private static final class Door extends RecordDoor {

        @Override
        public @Nullable Object state(TableRecord<?> record) {
            return keyless(record).state;
        }

        @Override
        public void state(TableRecord<?> record, @Nullable Object state) {
            keyless(record).state = state;
        }

        @Override
        public void set(TableRecord<?> record, int index, @Nullable Object value) {
            keyless(record).set(index, value);
        }

        private static KeylessRecord<?> keyless(TableRecord<?> record) {
            return (KeylessRecord<?>) (Object) record;
        }
    }
}
