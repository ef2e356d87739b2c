package dev.rowan.internal.table;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded along the relations of one record, and by which of its values: few, so that a list does. Ways are told
 * apart by identity. Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality")
public final class LoadedRelations {

    /** A way, what was loaded by it, and the values that it was loaded by. */
    private static final int PLACES = 3;

    private @Nullable Object[] entries = new @Nullable Object[PLACES];
    private int size;

    /** Returns the values of a record that a row may be loaded by. */
    public static @Nullable Object values(TableRecord<?> record, List<? extends TableField<?, ?>> fields) {
        return fields.size() == 1
                ? record.get(fields.getFirst())
                : fields.stream().map(record::get).toArray();
    }

    LoadedRelations copy() {
        var copy = new LoadedRelations();
        copy.entries = entries.clone();
        copy.size = size;
        return copy;
    }

    /** Keeps what was loaded; null as if nothing was. */
    public void put(Object path, @Nullable Object value) {
        put(path, value, null);
    }

    /** Keeps what was loaded by these values of the record. */
    public void put(Object path, @Nullable Object value, @Nullable Object by) {
        int place = place(path);
        if (place == size) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            size += PLACES;
        }
        entries[place] = path;
        entries[place + 1] = value;
        entries[place + 2] = by;
    }

    /** Returns what was loaded; null if nothing was. */
    public @Nullable Object find(Object path) {
        int place = place(path);
        return place == size ? null : entries[place + 1];
    }

    /** Says whether what was loaded was so by these values. */
    public boolean isBy(Object path, @Nullable Object values) {
        int place = place(path);
        return place < size && Objects.deepEquals(entries[place + 2], values);
    }

    private int place(Object path) {
        int place = 0;
        while (place < size && entries[place] != path) {
            place += PLACES;
        }
        return place;
    }
}
