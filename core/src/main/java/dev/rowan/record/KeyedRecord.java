package dev.rowan.record;

import dev.rowan.internal.util.FieldNames;
import dev.rowan.internal.util.RecordDoor;
import dev.rowan.internal.util.TrackedState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * The base class of generated records of tables with a primary key: a detached jOOQ record, which repositories read and
 * write. Not thread-safe.
 */
public abstract class KeyedRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {

    static {
        RecordDoor.openKeyed(new Door());
    }

    private transient @Nullable Map<Field<?>, Field<?>> expressions;
    private transient @Nullable Object state;

    /** The columns that hold what the row holds, null included: all after a read, those written after a write. */
    private transient @Nullable BitSet known;

    /** Creates an empty record of a table; generated records call it. */
    @SuppressWarnings("this-escape") // jOOQ only stores the configuration
    protected KeyedRecord(Table<R> table) {
        super(table);
        attach(DetachedVerbs.CONFIGURATION);
    }

    /**
     * Sets a column to an SQL expression that the database evaluates, such as {@code USERS.AGE.plus(1)}, in the patch
     * of an update. The record itself does not contain the result.
     *
     * @throws IllegalArgumentException if the table has no such column
     * @throws IllegalStateException if a session tracks the record, which writes values only
     */
    public <T> void set(Field<T> field, @Nullable Field<T> expression) {
        if (expression == null) { // a literal null, which the compiler resolves to this overload
            set(field, (T) null);
            return;
        }
        if (indexOf(field) < 0) {
            throw new IllegalArgumentException(
                    getTable().getName() + " has no column " + FieldNames.shown(field) + " to set.");
        }
        if (state instanceof TrackedState tracked && tracked.isTracked()) {
            throw new IllegalStateException("This record of " + getTable().getName()
                    + " is in a session, which writes values only: the record would not hold the result of an expression."
                    + " Write expressions with update(key, patch) or where(…).update(patch).");
        }
        if (expressions == null) {
            expressions = new HashMap<>();
        }
        expressions.put(field, expression);
    }

    private static final class Door extends RecordDoor {

        @Override
        public @Nullable Object state(TableRecord<?> record) {
            return ((KeyedRecord<?>) record).state;
        }

        @Override
        public void state(TableRecord<?> record, @Nullable Object state) {
            ((KeyedRecord<?>) record).state = state;
        }

        @Override
        public void set(TableRecord<?> record, int index, @Nullable Object value) {
            ((KeyedRecord<?>) record).set(index, value);
        }

        @Override
        public void configure(TableRecord<?> record) {
            if (record.configuration() == null) {
                record.attach(DetachedVerbs.CONFIGURATION);
            }
        }

        @Override
        public @Nullable BitSet known(TableRecord<?> record) {
            return ((KeyedRecord<?>) record).known;
        }

        @Override
        public void known(TableRecord<?> record, @Nullable BitSet columns) {
            ((KeyedRecord<?>) record).known = columns;
        }

        @Override
        public Map<Field<?>, Field<?>> expressions(TableRecord<?> record) {
            var expressions = ((KeyedRecord<?>) record).expressions;
            return expressions == null ? Map.of() : expressions;
        }

        @Override
        public void clearExpressions(TableRecord<?> record) {
            ((KeyedRecord<?>) record).expressions = null;
        }
    }
}
