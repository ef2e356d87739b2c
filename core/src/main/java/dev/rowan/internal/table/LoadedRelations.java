package dev.rowan.internal.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were loaded along the relations of one record, by path, each with the values of the record that it was
 * loaded by. A record has few relations, so entries are searched one by one. Paths are compared by identity. Not
 * thread-safe.
 */
@SuppressWarnings("ReferenceEquality")
public final class LoadedRelations {

    /**
     * An entry takes three elements of the array: a path, what was loaded along it, and the values it was loaded by.
     */
    private static final int ENTRY_SIZE = 3;

    private @Nullable Object[] entries = new @Nullable Object[ENTRY_SIZE];
    private int size;

    /**
     * Returns the values of a record that a row is loaded by: the value of the field, or an array if there are several.
     */
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

    /** Stores what was loaded along a path; null removes it. */
    public void put(Object path, @Nullable Object loaded) {
        put(path, loaded, null);
    }

    /** Stores what was loaded along a path, and the values of the record that it was loaded by. */
    public void put(Object path, @Nullable Object loaded, @Nullable Object values) {
        int index = index(path);
        if (index == size) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            size += ENTRY_SIZE;
        }
        entries[index] = path;
        entries[index + 1] = loaded;
        entries[index + 2] = values;
    }

    /** Returns what was loaded along a path; null if nothing was. */
    public @Nullable Object find(Object path) {
        int index = index(path);
        return index == size ? null : entries[index + 1];
    }

    /** Removes what was loaded along all paths, except for the rows that the record refers to by a foreign key. */
    public void removeRows() {
        for (var path : paths()) {
            if (!(path instanceof ForeignKey)) {
                put(path, null);
            }
        }
    }

    /** Returns the paths along which something was loaded. */
    public List<Object> paths() {
        var paths = new ArrayList<>();
        for (int index = 0; index < size; index += ENTRY_SIZE) {
            var path = entries[index];
            if (path != null && entries[index + 1] != null) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** Returns whether the path was loaded by these values. */
    public boolean isLoadedBy(Object path, @Nullable Object values) {
        int index = index(path);
        return index < size && Objects.deepEquals(entries[index + 2], values);
    }

    private int index(Object path) {
        int index = 0;
        while (index < size && entries[index] != path) {
            index += ENTRY_SIZE;
        }
        return index;
    }
}
