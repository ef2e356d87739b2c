package dev.rowan.internal.util;

import java.util.BitSet;
import java.util.Map;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives Rowan's internal packages access to the non-public members of generated records. Java has no friend packages:
 * each of the two base classes of generated records registers an accessor when it is loaded. Stateless and thread-safe.
 */
public abstract class RecordDoor {

    private static @Nullable RecordDoor keyed;
    private static @Nullable RecordDoor keyless;

    /** Registers the accessor of records of tables with a primary key. */
    public static void openKeyed(RecordDoor door) {
        keyed = door;
    }

    /** Registers the accessor of records of views, and of tables without a primary key. */
    public static void openKeyless(RecordDoor door) {
        keyless = door;
    }

    /** Returns the accessor of records of tables with a primary key. It is registered once there is such a record. */
    @SuppressWarnings("NullAway") // registered by the class of the record that it is asked for
    public static RecordDoor keyed() {
        return keyed;
    }

    /** Returns the accessor of records without a primary key. It is registered once there is such a record. */
    @SuppressWarnings("NullAway") // registered by the class of the record that it is asked for
    public static RecordDoor keyless() {
        return keyless;
    }

    /** Returns Rowan's state of the record; null if it has none yet. */
    public abstract @Nullable Object state(TableRecord<?> record);

    /** Replaces Rowan's state of the record; null removes it. */
    public abstract void state(TableRecord<?> record, @Nullable Object state);

    /** Sets the column at a position, as jOOQ's generated setters do. */
    public abstract void set(TableRecord<?> record, int index, @Nullable Object value);

    /** Gives a record that has no jOOQ configuration the one of detached records. */
    public void configure(TableRecord<?> record) {}

    /** Returns the positions of the columns that are known to hold what the row holds; null if that is not known. */
    public @Nullable BitSet known(TableRecord<?> record) {
        return null;
    }

    /** Replaces the set of known columns, which nobody may change afterwards. */
    public void known(TableRecord<?> record, @Nullable BitSet columns) {}

    /** Returns the expressions that columns were set to; empty for records that are never written. */
    public Map<Field<?>, Field<?>> expressions(TableRecord<?> record) {
        return Map.of();
    }

    /** Removes the expressions that columns were set to. */
    public void clearExpressions(TableRecord<?> record) {}
}
