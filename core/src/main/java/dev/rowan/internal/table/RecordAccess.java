package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jooq.conf.SettingsTools;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what jOOQ's own methods do not offer of the columns of generated records: whether a record has a
 * stored row, what is stored there, and what differs from it. Stateless; records are not thread-safe.
 */
public final class RecordAccess {

    private RecordAccess() {}

    /**
     * Returns the record as the record of a table with a primary key.
     *
     * @throws IllegalArgumentException if its table has no primary key
     */
    public static KeyedRecord<?> keyed(TableRecord<?> record) {
        if (record instanceof KeyedRecord<?> keyed) {
            return keyed;
        }
        throw new IllegalArgumentException(
                record.getTable().getName() + " has no primary key, so its records cannot be written. Write them with"
                        + " dsl().insertInto(table).set(record), or give the table a primary key; a line of <keys> names a"
                        + " unique key as one.");
    }

    /** Returns whether the record has no stored row: it was never read or written, or its row was deleted. */
    public static boolean isNew(KeyedRecord<?> record) {
        for (int i = 0; i < record.size(); i++) {
            if (record.original(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns what the row of a record holds in a column; if it has no row yet, what it is to hold. */
    public static @Nullable Object stored(TableRecord<?> record, Field<?> field) {
        var isStored = record instanceof KeyedRecord<?> keyed && !isNew(keyed);
        return isStored ? record.original(field) : record.get(field);
    }

    /**
     * Returns the positions of the columns that hold what the row of the record holds, null included; null if that is
     * not known, as for a record that jOOQ read. A record whose row was deleted keeps the columns that it had.
     */
    static @Nullable BitSet known(KeyedRecord<?> record) {
        return RecordDoors.of(record).known(record);
    }

    /** Returns whether a column of the record differs from what is stored, as far as that is known. */
    public static boolean isModified(KeyedRecord<?> record) {
        if (!record.touched()) {
            return false;
        }
        for (int i = 0; i < record.size(); i++) {
            if (isModified(record, i)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether the column at a position differs from what is stored. It does too if it was set to null, and it
     * is not known what is stored there: an insert left the column to its default, or a query did not read it.
     */
    public static boolean isModified(KeyedRecord<?> record, int index) {
        return record.modified(index)
                || (record.touched(index)
                        && record.get(index) == null
                        && isUnknown(record, index)
                        && !isTouchedWithKey(record));
    }

    private static boolean isUnknown(KeyedRecord<?> record, int index) {
        var known = known(record);
        return (known == null || !known.get(index)) && !isNew(record);
    }

    /**
     * Returns whether jOOQ may have marked all columns as set, as it does when the key of a record is changed that has
     * a configuration of the user's, or none.
     */
    private static boolean isTouchedWithKey(KeyedRecord<?> record) {
        var configuration = record.configuration();
        if (configuration != null && SettingsTools.updatablePrimaryKeys(configuration.settings())) {
            return false;
        }
        for (var field : TableMapping.keyFields(record.getTable())) {
            if (record.touched(field)) {
                return true;
            }
        }
        return false;
    }

    /** Makes a change of the record's key leave the other columns as they are, from now on. */
    public static void keepColumnsApart(KeyedRecord<?> record) {
        RecordDoors.of(record).configure(record);
    }

    /** Returns whether the record is known to hold all columns of its row. */
    public static boolean isKnown(KeyedRecord<?> record) {
        var known = known(record);
        return known != null && known.cardinality() == record.size();
    }

    /** Returns whether the record does not tell what its row holds in one of these columns. */
    public static boolean isUnread(KeyedRecord<?> record, BitSet columns) {
        var known = known(record);
        return columns.stream().anyMatch(i -> isUnread(record, known, i));
    }

    /** Returns whether the record does not tell what its row holds in a column. */
    public static boolean isUnread(KeyedRecord<?> record, Field<?> field) {
        return isUnread(record, known(record), record.indexOf(field));
    }

    private static boolean isUnread(KeyedRecord<?> record, @Nullable BitSet known, int index) {
        var isNull = record.original(index) == null;
        return known == null
                ? isNull
                : isNull
                        && !known.get(index)
                        && Objects.requireNonNull(record.field(index))
                                .getDataType()
                                .defaulted();
    }

    /** Copies these columns, as far as the record was read without them, from another record of the same row. */
    public static <R extends KeyedRecord<R>> void complete(R record, R read, BitSet columns) {
        var known = known(record);
        columns.stream()
                .filter(i -> isUnread(record, known, i))
                .forEach(i -> setOriginal(record, Objects.requireNonNull(record.field(i)), read.get(i)));
        var more = (BitSet) columns.clone();
        for (int i = 0; i < record.size(); i++) {
            if (known == null ? record.original(i) != null : known.get(i)) {
                more.set(i);
            }
        }
        RecordDoors.of(record).known(record, more);
    }

    /** Notes that these columns were written to the record's row, and that it holds no others. */
    static void setKnown(KeyedRecord<?> record, BitSet columns) {
        RecordDoors.of(record).known(record, columns);
    }

    /** Notes that these columns were written to the record's row, beside those that it holds already. */
    static void addKnown(KeyedRecord<?> record, BitSet columns) {
        var door = RecordDoors.of(record);
        var known = door.known(record);
        if (known == null) {
            return;
        }
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            if (!known.get(i)) {
                var more = (BitSet) known.clone(); // records share their sets
                more.or(columns);
                door.known(record, more);
                return;
            }
        }
    }

    /** Returns the expressions that {@link KeyedRecord#set(Field, Field)} was given, by column. */
    public static Map<Field<?>, Field<?>> expressions(KeyedRecord<?> record) {
        return RecordDoors.of(record).expressions(record);
    }

    /** Sets the column at a position to a new value, as jOOQ's generated setters do. */
    public static void setValue(KeyedRecord<?> record, int index, @Nullable Object value) {
        keepingTouched(record, index, () -> RecordDoors.of(record).set(record, index, value));
    }

    /** Sets a column to the value that is stored in the row. */
    public static void setStored(KeyedRecord<?> record, Field<?> field, @Nullable Object value) {
        setStored(record, record.indexOf(field), value);
    }

    /** Sets the column at a position to the value that is stored in the row. */
    public static void setStored(KeyedRecord<?> record, int index, @Nullable Object value) {
        if (record.original(index) == null) {
            // set() touches it anyway; touched beforehand, jOOQ makes no Configuration, see fill
            record.touched(index, true);
        }
        RecordDoors.of(record).set(record, index, value);
    }

    /**
     * Makes the record new: the values of these columns are as if just set, and the others are unset.
     *
     * @param columns those that an insert of the record would have written
     */
    static void detachFromRow(KeyedRecord<?> record, BitSet columns) {
        var values = values(record);
        var door = RecordDoors.of(record);
        for (int i = 0; i < values.length; i++) {
            door.set(record, i, null);
        }
        record.touched(false); // makes the nulls the stored values
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            door.set(record, i, values[i]);
        }
        door.known(record, columns);
    }

    /** Saves the state of the record, and returns the action that restores it. */
    static Runnable snapshot(KeyedRecord<?> record) {
        var values = values(record);
        var originals = new Object[values.length];
        var isTouched = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            originals[i] = record.original(i);
            isTouched.set(i, record.touched(i));
        }
        var door = RecordDoors.of(record);
        var known = door.known(record);
        var state = RecordState.snapshot(record);
        return () -> {
            state.run();
            for (int i = 0; i < values.length; i++) {
                door.set(record, i, originals[i]);
            }
            record.touched(false);
            for (int i = 0; i < values.length; i++) {
                door.set(record, i, values[i]);
            }
            for (int i = 0; i < values.length; i++) {
                // all are marked as set now
                record.touched(i, isTouched.get(i));
            }
            door.known(record, known);
        };
    }

    /**
     * Returns the values of the record. jOOQ's {@code intoArray()} allocates a cache of thousands of entries each time.
     */
    private static @Nullable Object[] values(KeyedRecord<?> record) {
        var values = new Object[record.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i);
        }
        return values;
    }

    /** Copies all columns from another record of the same row, as its stored values. */
    public static <R extends KeyedRecord<R>> void copyFrom(R record, R stored) {
        var door = RecordDoors.of(record);
        for (int i = 0; i < record.size(); i++) {
            door.set(record, i, stored.get(i));
        }
        record.touched(false);
        door.known(record, door.known(stored));
    }

    /** Returns whether both records have the same values. */
    public static <R extends KeyedRecord<R>> boolean hasValuesOf(R record, R read) {
        for (int i = 0; i < record.size(); i++) {
            if (!Objects.deepEquals(record.get(i), read.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Copies the columns that were not modified from another record of the same row, as their stored values. */
    public static <R extends KeyedRecord<R>> void refreshUnmodified(R record, R stored) {
        var door = RecordDoors.of(record);
        for (int i = 0; i < record.size(); i++) {
            if (record.modified(i)) {
                continue;
            }
            door.set(record, i, stored.get(i));
            record.touched(i, false);
        }
        door.known(record, door.known(stored));
    }

    /**
     * Takes these columns off the changes of the record, with the references that set them, and returns the action that
     * gives them back: so that a write leaves them out.
     */
    public static Runnable withhold(KeyedRecord<?> record, Set<? extends Field<?>> columns) {
        return withhold(record, columns, Set.of());
    }

    /**
     * Takes all changes off the record, and returns the action that gives them back: so that a write may overwrite
     * columns for a time.
     *
     * @param overwritten columns that the action makes changes, with the values that they have now
     */
    public static Runnable withholdAll(KeyedRecord<?> record, Set<? extends Field<?>> overwritten) {
        return withhold(record, Set.of(record.fields()), overwritten);
    }

    private static Runnable withhold(
            KeyedRecord<?> record, Set<? extends Field<?>> columns, Set<? extends Field<?>> overwritten) {
        var references = RecordState.pendingReferences(record);
        var giveBack = references == null ? (Runnable) () -> {} : references.withhold(columns);
        var door = RecordDoors.of(record);
        var values = values(record);
        var isNew = isNew(record);
        var withheld = new BitSet();
        for (var field : columns) {
            var index = record.indexOf(field);
            if (isNew ? record.touched(index) : record.modified(index) || overwritten.contains(field)) {
                withheld.set(index);
                record.reset(index);
            }
        }
        return () -> {
            withheld.stream().forEach(i -> keepingTouched(record, i, () -> door.set(record, i, values[i])));
            giveBack.run();
        };
    }

    /**
     * Notes that the database changed a column of the record's row. A change of the record itself stays, and so does a
     * reference that it was given.
     */
    public static void setOriginal(KeyedRecord<?> record, Field<?> field, @Nullable Object stored) {
        var door = RecordDoors.of(record);
        var index = record.indexOf(field);
        var references = RecordState.pendingReferences(record);
        var given = references == null ? Optional.empty() : references.valueOf(field);
        var isModified = record.modified(index) || given.isPresent();
        var value = given.orElse(record.get(index));
        keepingTouched(record, index, () -> {
            door.set(record, index, stored);
            record.touched(index, false);
            if (isModified) {
                door.set(record, index, value);
            }
        });
        if (references != null) {
            references.keep();
        }
    }

    /** Changes one column. jOOQ would touch all others with a key column. */
    private static void keepingTouched(KeyedRecord<?> record, int index, Runnable change) {
        var touched = new BitSet(record.size());
        for (int i = 0; i < record.size(); i++) {
            touched.set(i, record.touched(i));
        }
        change.run();
        for (int i = 0; i < record.size(); i++) {
            if (i != index && !touched.get(i) && record.touched(i)) {
                record.touched(i, false);
            }
        }
    }

    /** Resets all columns to their stored values, and clears expressions and pending references. */
    public static void discardChanges(KeyedRecord<?> record) {
        record.reset();
        RecordDoors.of(record).clearExpressions(record);
        RecordState.clearPendingReferences(record);
    }

    /**
     * Sets all columns of a record to the values of the cursor's current row.
     *
     * @param all the positions of all columns
     */
    static void fill(TableRecord<?> record, Codec[] codecs, BitSet all, ResultSet rows) throws SQLException {
        var door = RecordDoors.of(record);
        record.touched(true); // otherwise jOOQ makes a Configuration per row, to look up whether a key may be changed
        for (int i = 0; i < codecs.length; i++) {
            door.set(record, i, codecs[i].read(record.field(i), rows, i + 1));
        }
        record.touched(false);
        door.known(record, all);
    }
}
