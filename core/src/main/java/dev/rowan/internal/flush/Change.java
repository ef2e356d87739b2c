package dev.rowan.internal.flush;

import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Param;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One change that a flush makes: of one row, or of the links of a link table. A row that cannot be written in one go
 * has up to three changes: one that clears columns before, its own, and one that completes it. Each knows what the row
 * holds {@link #before} and {@link #after} it. Not thread-safe.
 */
public final class Change {

    /** What a change does. If several could be next, the first of these is. */
    public enum Kind {
        /**
         * Writes nothing: it comes after the changes that may free a value of a generated column, and before those that
         * may take it. The plan does not know these values.
         */
        WAIT("wait"),
        /**
         * Sets columns of a stored row to NULL or to a placeholder, as other rows need it before the row's own change.
         */
        CLEAR("clear"),
        DELETE("delete"),
        INSERT("insert"),
        /** Writes a new record over the row with the same primary key, whose record was deleted. */
        REPLACE("replace"),
        UPDATE("update"),
        /** Reads the links of records, and deletes those that are not wanted. */
        UNLINK("unlink"),
        /** Inserts the links that are missing. */
        LINK("link");

        private final String verb;

        Kind(String verb) {
            this.verb = verb;
        }

        String verb() {
            return verb;
        }
    }

    /** The value that a column gets from a row that has no key yet. */
    private record KeyOf(KeyedRecord<?> row, Field<?> field) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof KeyOf key && key.row == row && key.field.equals(field);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(row);
        }
    }

    private final Kind kind;
    private final Table<?> table;
    private final @Nullable KeyedRecord<?> record;
    private final @Nullable KeyedRecord<?> replaced;
    private final Map<Field<?>, @Nullable Object> cleared = new HashMap<>();
    private final Set<Field<?>> later = new HashSet<>();

    /** The values that the record gets from the rows that it refers to. */
    private final Map<Field<?>, Object> resolved = new HashMap<>();

    private final Map<ForeignKey<?, ?>, KeyedRecord<?>> references;

    /** The change of the same row that comes before this one. */
    private @Nullable Change previous;

    private Change(Kind kind, Table<?> table, @Nullable KeyedRecord<?> record, @Nullable KeyedRecord<?> replaced) {
        this.kind = kind;
        this.table = table;
        this.record = record;
        this.replaced = replaced;
        var pending = record == null || kind == Kind.DELETE || kind == Kind.CLEAR
                ? null
                : RecordState.pendingReferences(record);
        this.references = pending == null ? Map.of() : pending.unresolved();
        references.forEach((key, target) -> {
            for (int i = 0; i < key.getFields().size(); i++) {
                var field = key.getFields().get(i);
                var keyField = key.getKeyFields().get(i);
                var value = target.get(keyField);
                resolved.put(field, value == null ? new KeyOf(target, keyField) : value);
            }
        });
    }

    /** Returns the insert of a new record. */
    static Change insert(KeyedRecord<?> record) {
        return new Change(Kind.INSERT, record.getTable(), record, null);
    }

    /** Returns the update of a stored record with its modified columns. */
    static Change update(KeyedRecord<?> record) {
        return new Change(Kind.UPDATE, record.getTable(), record, null);
    }

    /** Returns the delete of the row of a stored record. */
    static Change delete(KeyedRecord<?> record) {
        return new Change(Kind.DELETE, record.getTable(), record, null);
    }

    /** Returns the write of a new record over the row of a deleted one with the same primary key. */
    static Change replace(KeyedRecord<?> record, KeyedRecord<?> deleted) {
        return new Change(Kind.REPLACE, record.getTable(), record, deleted);
    }

    /** Returns the deletes, or the inserts, of the links of a link table. */
    static Change links(Kind kind, Table<?> linkTable) {
        return new Change(kind, linkTable, null, null);
    }

    /** Returns what separates the changes of a table that free values which only the database knows from inserts. */
    static Change waiting(Table<?> table) {
        return new Change(Kind.WAIT, table, null, null);
    }

    /** Returns whether columns of this change's row can be cleared before this change. */
    boolean canClearBefore() {
        return kind != Kind.CLEAR && (previous == null || previous.kind == Kind.CLEAR);
    }

    /** Returns the change that clears columns of this change's row, and precedes this change; null if there is none. */
    @Nullable Change clearing() {
        return previous != null && previous.kind == Kind.CLEAR ? previous : null;
    }

    /** Makes a change that clears columns of this change's row, and precedes this change. */
    Change clearBefore() {
        var clear = new Change(Kind.CLEAR, table, replaced == null ? record : replaced, null);
        clear.previous = previous;
        previous = clear;
        return clear;
    }

    /** Returns the update that completes this change: it writes the columns that this one leaves out. */
    Change completion() {
        var completion = new Change(Kind.UPDATE, table, record, null);
        completion.previous = this;
        return completion;
    }

    public Kind kind() {
        return kind;
    }

    public Table<?> table() {
        return table;
    }

    /** Returns the record of the row. Changes of links have none. */
    public KeyedRecord<?> record() {
        return Objects.requireNonNull(record);
    }

    /** Returns the deleted record whose row is replaced; null if none is. */
    public @Nullable KeyedRecord<?> replaced() {
        return replaced;
    }

    boolean isOfRow() {
        return record != null;
    }

    /** Returns the change of the same row that comes before this one. */
    @Nullable Change previous() {
        return previous;
    }

    /** Returns the rows that the record refers to, and will have the new keys of. */
    Map<ForeignKey<?, ?>, KeyedRecord<?>> references() {
        return references;
    }

    /** Returns whether another change of the same row comes before this one, or is this one. */
    boolean isOrFollows(Change other) {
        for (var change = this; change != null; change = change.previous) {
            if (change == other) {
                return true;
            }
        }
        return false;
    }

    /** Sets a column to NULL, or to a placeholder, with this change. */
    void clear(Field<?> field, @Nullable Object value) {
        cleared.put(field, value);
    }

    /** Returns the columns that this change clears, with their placeholders. */
    public Map<Field<?>, @Nullable Object> cleared() {
        return cleared;
    }

    /** Leaves columns out of this change, which its completion writes. */
    void leaveOut(Set<Field<?>> fields) {
        later.addAll(fields);
    }

    /** Returns the columns that this change leaves out. */
    public Set<Field<?>> leftOut() {
        return later;
    }

    /** Returns the value of a column before this change; null if there is no row. */
    public @Nullable Object before(Field<?> field) {
        if (previous != null) {
            return previous.after(field);
        }
        return switch (kind) {
            case INSERT -> null;
            case REPLACE -> Objects.requireNonNull(replaced).original(field);
            default -> record().original(field);
        };
    }

    /** Returns the value of a column after this change; null if there is no row. */
    @Nullable Object after(Field<?> field) {
        if (kind == Kind.DELETE) {
            return null;
        }
        if (kind == Kind.CLEAR) {
            return cleared.containsKey(field) ? cleared.get(field) : before(field);
        }
        if (later.contains(field)) {
            return before(field);
        }
        var reference = resolved.get(field);
        if (reference != null) {
            return reference;
        }
        if (kind == Kind.REPLACE && !record().touched(field)) {
            return field.getDataType().default_() instanceof Param<?> value ? value.getValue() : null;
        }
        return record().get(field);
    }

    /** Returns whether this change writes another value into a column. */
    boolean writes(Field<?> field) {
        if (resolved.containsKey(field) && !later.contains(field)) {
            return true; // the row that it refers to gets the key: the value that is stored refers to another row
        }
        if (kind == Kind.REPLACE
                && record().touched(field)
                && !TableMapping.keyFields(table).contains(field)) {
            return true; // an equal value may refer to another row by then
        }
        if (kind == Kind.UPDATE && previous == null) {
            return RecordAccess.isModified(record(), record().indexOf(field))
                    && !later.contains(field); // as the statement is made, without a comparison
        }
        return !isEqual(before(field), after(field));
    }

    /** Returns whether this change writes another value into one of the columns. */
    public boolean writesAny(List<? extends Field<?>> fields) {
        for (var field : fields) {
            if (writes(field)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the positions of the columns that this change writes. */
    BitSet columns() {
        var columns = new BitSet();
        if (record != null) {
            for (int i = 0; i < record.size(); i++) {
                if (writes(Objects.requireNonNull(record.field(i)))) {
                    columns.set(i);
                }
            }
        }
        return columns;
    }

    private static boolean isEqual(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return KeyValues.comparable(one).equals(KeyValues.comparable(other));
    }
}
