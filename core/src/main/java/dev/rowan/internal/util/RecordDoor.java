package dev.rowan.internal.util;

import java.util.Map;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jooq.UpdatableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Rowan's own packages may do with a generated record and nobody else may: Java has no friend packages, so each of
 * the two base classes of generated records registers one door to itself when it is loaded. Stateless and thread-safe.
 */
public abstract class RecordDoor {

    private static @Nullable RecordDoor keyed;
    private static @Nullable RecordDoor keyless;

    /** Registers the door to records of tables with a primary key. */
    public static void openKeyed(RecordDoor door) {
        keyed = door;
    }

    /** Registers the door to records of views, and of tables without a primary key. */
    public static void openKeyless(RecordDoor door) {
        keyless = door;
    }

    /** Returns the door to a generated record; its class is loaded, so the door is registered. */
    @SuppressWarnings("NullAway") // registered by the class of the record itself
    public static RecordDoor of(TableRecord<?> record) {
        return record instanceof UpdatableRecord<?> ? keyed : keyless;
    }

    /** Returns what Rowan keeps with the record; null if nothing yet. */
    public abstract @Nullable Object state(TableRecord<?> record);

    /** Keeps something with the record, in place of what was kept; null for nothing. */
    public abstract void state(TableRecord<?> record, @Nullable Object state);

    /** Sets the column at a position, as jOOQ's generated setters do. */
    public abstract void set(TableRecord<?> record, int index, @Nullable Object value);

    /** Returns the expressions that columns were set to; empty for records that are never written. */
    public Map<Field<?>, Field<?>> expressions(TableRecord<?> record) {
        return Map.of();
    }

    /** Forgets the expressions that columns were set to. */
    public void clearExpressions(TableRecord<?> record) {}
}
