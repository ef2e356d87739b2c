package dev.rowan.internal.table;

import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The references of one record to rows that are not inserted yet, and the new rows that were added under it.
 *
 * <p>The life of a reference: {@link #setReference} copies the target's key to the record, as far as it is known. If
 * the target is new, or its key changes, the reference is pending. {@link #resolve} copies the key once the target is
 * written, before the record is written, and ends the reference. It also ends if it is cleared or replaced, or if the
 * foreign key's columns are set to other values. Rows added under the record ({@link #addChild}) stay until a session
 * takes them. Each change keeps the action that undoes it, until the {@link UndoLog} of a transaction takes that.
 *
 * <p>Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // records are compared by identity
public final class PendingReferences {

    /**
     * A reference to a row by a foreign key.
     *
     * @param wasNew whether the target had no row when the reference was set
     * @param valuesWhenSet the values of the key's columns after the reference was set: if they differ now, the columns
     *     were overwritten
     */
    private record Reference(
            ForeignKey<?, ?> key,
            KeyedRecord<?> target,
            boolean wasNew,
            @Nullable Object valuesWhenSet) {

        boolean isOverwrittenIn(KeyedRecord<?> record) {
            return !Objects.deepEquals(valuesWhenSet, LoadedRelations.values(record, key.getFields()))
                    || (RecordAccess.isNew(record)
                            && key.getFields().stream()
                                    .anyMatch(field -> record.touched(field) && record.get(field) == null));
        }

        /** Returns whether the record does not have the key that the target has, or is going to have. */
        boolean isOpenIn(KeyedRecord<?> record) {
            if (RecordAccess.isNew(target)) {
                return wasNew; // else its row was deleted since then
            }
            for (int i = 0; i < key.getFields().size(); i++) {
                var field = key.getKeyFields().get(i);
                if (target.modified(field)
                        || !Objects.deepEquals(
                                target.get(field), record.get(key.getFields().get(i)))) {
                    return true;
                }
            }
            return false;
        }

        /**
         * Makes the target the record's loaded row, and returns the reference with the current values of the columns.
         */
        Reference loadedInto(KeyedRecord<?> record) {
            var values = LoadedRelations.values(record, key.getFields());
            RecordState.loadedRelations(record).put(key, Optional.of(target), values);
            return new Reference(key, target, wasNew, values);
        }
    }

    private final KeyedRecord<?> record;
    private final List<Reference> references;
    private final Set<KeyedRecord<?>> children = new IdentitySet<>();
    private final List<UndoEntry> undo;
    private long lastSet;

    PendingReferences(KeyedRecord<?> record) {
        this(record, List.of(), List.of(), List.of());
    }

    private PendingReferences(
            KeyedRecord<?> record,
            List<Reference> references,
            Collection<KeyedRecord<?>> children,
            List<UndoEntry> undo) {
        this.record = record;
        this.references = new ArrayList<>(references);
        this.children.addAll(children);
        this.undo = new ArrayList<>(undo);
    }

    PendingReferences copy() {
        var copy = new PendingReferences(record, references, children, undo);
        copy.lastSet = lastSet;
        return copy;
    }

    /**
     * Makes a record refer to a row. It takes the row's key now, and again when the row is inserted.
     *
     * @throws IllegalArgumentException if the row is stored, and was read without the columns of the key
     */
    public static void setReference(
            String relation, ForeignKey<?, ?> key, KeyedRecord<?> record, KeyedRecord<?> target) {
        if (!RecordAccess.isNew(target)) {
            requireKey(relation, target, key.getKeyFields());
        }
        startChange(record).set(key, target);
    }

    private void set(ForeignKey<?, ?> key, KeyedRecord<?> target) {
        lastSet = UndoEntry.mark();
        remove(key);
        var isNew = RecordAccess.isNew(record);
        for (var field : nullableFields(key)) {
            if (isNew) {
                record.reset(field);
            } else if (record.get(field) != null) {
                RecordAccess.setStored(record, field, null);
            }
        }
        if (hasKey(key, target)) {
            copyKey(key, target, record);
        }
        var reference = new Reference(key, target, RecordAccess.isNew(target), null).loadedInto(record);
        references.add(reference);
        references.replaceAll(each -> each.loadedInto(record)); // foreign keys may share columns
    }

    /**
     * Makes a record refer to no row.
     *
     * @throws IllegalArgumentException if its row is stored, and all columns of the foreign key are NOT NULL
     */
    public static void clearReference(String relation, ForeignKey<?, ?> key, KeyedRecord<?> record) {
        if (nullableFields(key).isEmpty() && !RecordAccess.isNew(record)) {
            throw new IllegalArgumentException(
                    "A row of " + record.getTable().getName() + " must refer to a row by " + relation + ": "
                            + SchemaNames.columnNames(key) + " may not be NULL. Set another row, or delete this one.");
        }
        startChange(record).clear(key);
    }

    private void clear(ForeignKey<?, ?> key) {
        remove(key);
        if (nullableFields(key).isEmpty()) {
            key.getFields().forEach(record::reset);
        }
        for (var field : nullableFields(key)) {
            if (record.get(field) != null || RecordAccess.isUnread(record, field)) {
                RecordAccess.setStored(record, field, null);
            }
        }
        RecordState.loadedRelations(record).put(key, Optional.empty(), LoadedRelations.values(record, key.getFields()));
    }

    /**
     * Checks that a row has the values that a relation links it by.
     *
     * @throws IllegalArgumentException if it has no value for one of the fields
     */
    public static void requireKey(String relation, KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        for (var field : fields) {
            if (row.get(field) == null) {
                throw new IllegalArgumentException(
                        "A record of " + row.getTable().getName() + " has no value for "
                                + field.getName() + ", by which " + relation
                                + " links it. Read it with that column, or insert it first.");
            }
        }
    }

    private static List<? extends TableField<?, ?>> nullableFields(ForeignKey<?, ?> key) {
        return key.getFields().stream()
                .filter(field -> field.getDataType().nullable())
                .toList();
    }

    /** Returns the references of a record that is about to change, with the action that undoes the change. */
    private static PendingReferences startChange(KeyedRecord<?> record) {
        var before = new UndoEntry(RecordAccess.snapshot(record));
        var pending = RecordState.ensurePendingReferences(record);
        pending.undo.add(before);
        return pending;
    }

    private void remove(ForeignKey<?, ?> key) {
        removeOverwritten();
        references.removeIf(reference -> reference.key().equals(key));
    }

    private void removeOverwritten() {
        references.removeIf(reference -> reference.isOverwrittenIn(record));
    }

    /**
     * Adds a row under the record. If the record is new, or its rows along this path were loaded, the row becomes one
     * of its loaded rows. Adding a row again changes nothing.
     */
    public void addChild(Object path, String relation, KeyedRecord<?> child) {
        var before = (List<?>) RecordState.loadedRelations(record).find(path);
        var isAdded = children.add(child);
        undo.add(new UndoEntry(() -> {
            RecordState.loadedRelations(record).put(path, before);
            if (isAdded && RecordState.pendingReferences(record) != null) {
                RecordState.ensurePendingReferences(record).children.remove(child);
            }
        }));
        if (before == null && !RecordAccess.isNew(record)) {
            return;
        }
        var rows = new ArrayList<Object>(before == null ? List.of() : before);
        if (rows.stream().noneMatch(row -> row == child)) {
            rows.add(child);
        }
        RecordState.loadedRelations(record).put(path, new RelatedRows<>(relation, rows));
    }

    /** Removes a row from those that were added under the record, and from its loaded rows along this path. */
    public void removeChild(Object path, String relation, KeyedRecord<?> child) {
        var before = (List<?>) RecordState.loadedRelations(record).find(path);
        var isRemoved = children.remove(child);
        undo.add(new UndoEntry(() -> {
            RecordState.loadedRelations(record).put(path, before);
            if (isRemoved) {
                RecordState.ensurePendingReferences(record).children.add(child);
            }
        }));
        if (before != null) {
            var rows = new ArrayList<Object>(before);
            rows.removeIf(row -> row == child);
            RecordState.loadedRelations(record).put(path, new RelatedRows<>(relation, rows));
        }
    }

    /**
     * Returns whether a record refers to a row by a foreign key: by its values, or as it will once the row has a key. A
     * value that the record was given refers to the key that the row is to have, another to the one that it has.
     */
    public static boolean refersTo(KeyedRecord<?> record, ForeignKey<?, ?> key, KeyedRecord<?> target) {
        var pending = RecordState.pendingReferences(record);
        if (pending != null) {
            pending.removeOverwritten();
            for (var reference : pending.references) {
                if (reference.key().equals(key)) {
                    return reference.target() == target;
                }
            }
        }
        for (int i = 0; i < key.getFields().size(); i++) {
            var field = key.getFields().get(i);
            var keyField = key.getKeyFields().get(i);
            var isGiven = RecordAccess.isNew(record) || RecordAccess.isModified(record, record.indexOf(field));
            var value = isGiven ? record.get(field) : record.original(field);
            var keyValue = isGiven ? target.get(keyField) : RecordAccess.stored(target, keyField);
            if (value == null || keyValue == null || !isEqual(field, value, keyValue, isGiven)) {
                return false;
            }
        }
        return true;
    }

    /** Compares what was given exactly: only the database can tell which other texts are equal for it. */
    private static boolean isEqual(Field<?> field, Object one, Object other, boolean isGiven) {
        return isGiven
                ? KeyValues.comparable(one).equals(KeyValues.comparable(other))
                : KeyValues.loose(field, one).equals(KeyValues.loose(field, other));
    }

    /** Returns whether a record was given a row to refer to, or a value of the foreign key, since it was read. */
    public static boolean isGiven(KeyedRecord<?> record, ForeignKey<?, ?> key) {
        if (RecordAccess.isNew(record)) {
            return true;
        }
        var pending = RecordState.pendingReferences(record);
        if (pending != null) {
            pending.removeOverwritten();
            if (pending.references.stream()
                    .anyMatch(reference -> reference.key().equals(key))) {
                return true;
            }
        }
        return key.getFields().stream().anyMatch(field -> RecordAccess.isModified(record, record.indexOf(field)));
    }

    /** Returns whether a reference is still to be resolved. Removes those whose columns were overwritten. */
    public boolean hasUnresolved() {
        removeOverwritten();
        return references.stream().anyMatch(reference -> reference.isOpenIn(record));
    }

    /** Returns the rows that the unresolved references lead to. Removes references whose columns were overwritten. */
    public List<KeyedRecord<?>> targets() {
        removeOverwritten();
        return references.stream()
                .filter(reference -> reference.isOpenIn(record))
                .<KeyedRecord<?>>map(Reference::target)
                .toList();
    }

    /** Returns the unresolved references, by foreign key. Removes references whose columns were overwritten. */
    public Map<ForeignKey<?, ?>, KeyedRecord<?>> unresolved() {
        removeOverwritten();
        Map<ForeignKey<?, ?>, KeyedRecord<?>> unresolved = new LinkedHashMap<>();
        for (var reference : references) {
            if (reference.isOpenIn(record)) {
                unresolved.put(reference.key(), reference.target());
            }
        }
        return unresolved;
    }

    /** Returns the value that a reference gives a column now; empty if none does. */
    Optional<Object> valueOf(Field<?> field) {
        removeOverwritten();
        for (var reference : references) {
            var index = reference.key().getFields().indexOf(field);
            if (index >= 0) {
                var target = reference.target();
                var keyField = reference.key().getKeyFields().get(index);
                var isToCome = RecordAccess.isNew(target) || target.modified(keyField);
                return Optional.ofNullable(isToCome ? record.get(field) : target.original(keyField));
            }
        }
        return Optional.empty();
    }

    /** Notes that the database changed columns of the record's row. */
    void keep() {
        references.replaceAll(reference -> reference.loadedInto(record));
    }

    /** Returns the position, among all changes of references, of the last that made the record refer to a row. */
    public long lastSet() {
        return lastSet;
    }

    /**
     * Takes the unresolved references that set one of these columns off the record, and returns the action that gives
     * them back. Of a reference, the parts of the key that are known and are not among the columns are copied.
     */
    Runnable withhold(Set<? extends Field<?>> columns) {
        removeOverwritten();
        var withheld = references.stream()
                .filter(reference -> reference.key().getFields().stream().anyMatch(columns::contains))
                .toList();
        references.removeAll(withheld);
        for (var reference : withheld) {
            var key = reference.key();
            for (int i = 0; i < key.getFields().size(); i++) {
                var value = reference.target().get(key.getKeyFields().get(i));
                if (value != null && !columns.contains(key.getFields().get(i))) {
                    RecordAccess.setStored(record, key.getFields().get(i), value);
                }
            }
        }
        return () -> withheld.forEach(reference -> references.add(reference.loadedInto(record)));
    }

    /** Returns the rows that were added under the record. */
    public Set<KeyedRecord<?>> children() {
        return Collections.unmodifiableSet(children);
    }

    /** Removes and returns the rows that were added under the record. */
    public List<KeyedRecord<?>> takeChildren() {
        var taken = List.copyOf(children);
        children.clear();
        return taken;
    }

    /** Removes and returns the actions that undo the changes of the references, in the order of the changes. */
    List<UndoEntry> takeUndo() {
        var taken = List.copyOf(undo);
        undo.clear();
        return taken;
    }

    /**
     * Copies the keys of the target rows to the record, and ends the references.
     *
     * @throws IllegalArgumentException if a target has no key yet
     */
    public void resolve() {
        removeOverwritten();
        for (var reference : references) {
            if (!reference.isOpenIn(record)) {
                continue;
            }
            if (!hasKey(reference.key(), reference.target())) {
                throw new IllegalArgumentException(
                        "This record of "
                                + record.getTable().getName() + " refers to a new row of "
                                + reference.target().getTable().getName()
                                + " that has no key yet. Insert that row first, or add both to a session: session.add(record).");
            }
            copyStoredKey(reference.key(), reference.target(), record);
        }
        references.forEach(reference -> reference.loadedInto(record));
        references.clear();
    }

    /** Returns whether a row has the values that a foreign key refers to. */
    private static boolean hasKey(ForeignKey<?, ?> key, KeyedRecord<?> row) {
        return key.getKeyFields().stream().allMatch(field -> row.get(field) != null);
    }

    /** Copies the values that a foreign key refers to, as the target's row holds them. */
    private static void copyStoredKey(ForeignKey<?, ?> key, KeyedRecord<?> target, KeyedRecord<?> record) {
        if (target == record || RecordAccess.isNew(target)) {
            copyKey(key, target, record);
            return;
        }
        for (int i = 0; i < key.getFields().size(); i++) {
            TableField<?, ?> field = key.getFields().get(i);
            RecordAccess.setStored(
                    record, field, target.original(key.getKeyFields().get(i)));
        }
    }

    /** Copies the values that a foreign key refers to. */
    private static void copyKey(ForeignKey<?, ?> key, KeyedRecord<?> target, KeyedRecord<?> record) {
        for (int i = 0; i < key.getFields().size(); i++) {
            TableField<?, ?> field = key.getFields().get(i);
            RecordAccess.setStored(record, field, target.get(key.getKeyFields().get(i)));
        }
    }
}
