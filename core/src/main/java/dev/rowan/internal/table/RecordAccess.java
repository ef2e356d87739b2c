package dev.rowan.internal.table;

import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.util.RecordDoor;
import dev.rowan.record.KeyedRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Rowan reads from and writes to generated records beyond jOOQ's own methods: whether they stand for a row, what the
 * server said of it, what was loaded along their relations, and which session holds them. Records are not thread-safe.
 */
public final class RecordAccess {

    /** What is kept with a record; made when there is something to keep. */
    private static final class State {
        private @Nullable LoadedRelations loads;
        private @Nullable PendingReferences links;
        private @Nullable AtomicBoolean open;
    }

    private RecordAccess() {}

    /** Returns the record as one that can be written. @throws IllegalArgumentException if its table has no primary key */
    public static KeyedRecord<?> keyed(TableRecord<?> record) {
        if (record instanceof KeyedRecord<?> keyed) {
            return keyed;
        }
        throw new IllegalArgumentException(
                record.getTable().getName() + " has no primary key, and is not written by records.");
    }

    /** Says whether the record stands for no stored row: it was never read or written, or its row was deleted. */
    public static boolean isNew(KeyedRecord<?> record) {
        for (int i = 0; i < record.size(); i++) {
            if (record.original(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Says whether the record holds nothing. */
    public static boolean isBlank(KeyedRecord<?> record) {
        for (int i = 0; i < record.size(); i++) {
            if (record.get(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns the expressions that {@link KeyedRecord#set(Field, Field)} was given, by column. */
    public static Map<Field<?>, Field<?>> expressions(KeyedRecord<?> record) {
        return RecordDoor.of(record).expressions(record);
    }

    /** Sets a column to what the server says is stored there. */
    public static void learn(KeyedRecord<?> record, Field<?> field, @Nullable Object value) {
        learn(record, record.indexOf(field), value);
    }

    /** Sets the column at a position to what the server says is stored there. */
    public static void learn(KeyedRecord<?> record, int index, @Nullable Object value) {
        if (record.original(index) == null) {
            // as it will be, but see fill
            record.touched(index, true);
        }
        RecordDoor.of(record).set(record, index, value);
    }

    /** Makes the record stand for no row: its values are as if just set, without those that the database generated. */
    public static void forget(KeyedRecord<?> record) {
        var values = values(record);
        var door = RecordDoor.of(record);
        for (int i = 0; i < values.length; i++) {
            door.set(record, i, null);
        }
        record.touched(false); // what is stored, as far as the record knows, is nothing
        for (int i = 0; i < values.length; i++) {
            if (!record.fields()[i].getDataType().readonly()) {
                door.set(record, i, values[i]);
            }
        }
    }

    /** Returns what sets the record back to what it holds now. */
    static Runnable remember(KeyedRecord<?> record) {
        var values = values(record);
        var originals = new Object[values.length];
        var isTouched = new BitSet(values.length);
        for (int i = 0; i < values.length; i++) {
            originals[i] = record.original(i);
            isTouched.set(i, record.touched(i));
        }
        var door = RecordDoor.of(record);
        var state = (State) door.state(record);
        var links = state == null || state.links == null ? null : state.links.copy();
        var loads = state == null || state.loads == null ? null : state.loads.copy();
        return () -> {
            if (links != null || loads != null || door.state(record) != null) {
                var now = state(record);
                now.links = links;
                now.loads = loads;
            }
            for (int i = 0; i < values.length; i++) {
                door.set(record, i, originals[i]);
            }
            record.touched(false);
            for (int i = 0; i < values.length; i++) {
                door.set(record, i, values[i]);
            }
            for (int i = 0; i < values.length; i++) {
                // a key that is set touches all others
                record.touched(i, isTouched.get(i));
            }
        };
    }

    /** Returns what the record holds; jOOQ's {@code intoArray()} makes a cache of thousands of places for it each time. */
    private static @Nullable Object[] values(KeyedRecord<?> record) {
        var values = new Object[record.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i);
        }
        return values;
    }

    /** Takes all columns from another record of the same row, as what is stored. */
    public static <R extends KeyedRecord<R>> void become(R record, R stored) {
        var door = RecordDoor.of(record);
        for (int i = 0; i < record.size(); i++) {
            door.set(record, i, stored.get(i));
        }
        record.touched(false);
    }

    /** Says whether the record holds, unmodified, what the other does. */
    public static <R extends KeyedRecord<R>> boolean holds(R record, R read) {
        for (int i = 0; i < record.size(); i++) {
            if (!Objects.deepEquals(record.get(i), read.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Takes the columns that were not modified from another record of the same row, as what is stored. */
    public static <R extends KeyedRecord<R>> void rebase(R record, R stored) {
        var door = RecordDoor.of(record);
        for (int i = 0; i < record.size(); i++) {
            if (record.modified(i)) {
                continue;
            }
            door.set(record, i, stored.get(i));
            record.touched(i, false);
        }
    }

    /** Sets the record back to what is stored. */
    public static void revert(KeyedRecord<?> record) {
        record.reset();
        RecordDoor.of(record).clearExpressions(record);
        unlink(record);
    }

    /** Fills a record with all columns of the row that the cursor stands on. */
    static void fill(TableRecord<?> record, Codec[] codecs, ResultSet rows) throws SQLException {
        var door = RecordDoor.of(record);
        record.touched(true); // or jOOQ makes a Configuration for each row, to ask it whether a key may be set
        for (int i = 0; i < codecs.length; i++) {
            door.set(record, i, codecs[i].read(record.field(i), rows, i + 1));
        }
        record.touched(false);
    }

    /** Returns what was loaded along the relations of the record. */
    public static LoadedRelations loads(TableRecord<?> record) {
        var state = state(record);
        if (state.loads == null) {
            state.loads = new LoadedRelations();
        }
        return state.loads;
    }

    /** Forgets what was loaded along the relations of the record. */
    public static void unload(KeyedRecord<?> record) {
        var state = known(record);
        if (state != null) {
            state.loads = null;
        }
    }

    /** Returns the references of the record to rows that are yet to be written, if it has any. */
    public static @Nullable PendingReferences links(KeyedRecord<?> record) {
        var state = known(record);
        return state == null ? null : state.links;
    }

    /** Returns the references of the record to rows that are yet to be written, made if there are none. */
    public static PendingReferences link(KeyedRecord<?> record) {
        var state = state(record);
        if (state.links == null) {
            state.links = new PendingReferences(record);
        }
        return state.links;
    }

    /** Forgets the references of the record: the rows are written. */
    public static void unlink(KeyedRecord<?> record) {
        var state = known(record);
        if (state != null) {
            state.links = null;
        }
    }

    /** Says whether the record refers to rows whose keys it is yet to take. */
    public static boolean isWaiting(KeyedRecord<?> record) {
        var links = links(record);
        return links != null && links.isWaiting();
    }

    /**
     * Takes the keys of the rows that the record refers to.
     *
     * @throws IllegalArgumentException if one of them has none yet
     */
    public static void resolve(KeyedRecord<?> record) {
        var links = links(record);
        if (links != null && links.isWaiting()) {
            links.resolve();
        }
    }

    /** Notes that a session holds the record, for as long as its flag is true. */
    public static void belongTo(KeyedRecord<?> record, AtomicBoolean session) {
        state(record).open = session;
    }

    /** Says whether another session that is open holds the record. */
    @SuppressWarnings("ReferenceEquality")
    public static boolean belongsToAnotherThan(KeyedRecord<?> record, AtomicBoolean session) {
        var state = known(record);
        return state != null && state.open != null && state.open != session && state.open.get();
    }

    private static @Nullable State known(TableRecord<?> record) {
        return (State) RecordDoor.of(record).state(record);
    }

    private static State state(TableRecord<?> record) {
        var door = RecordDoor.of(record);
        var state = (State) door.state(record);
        if (state == null) {
            state = new State();
            door.state(record, state);
        }
        return state;
    }
}
