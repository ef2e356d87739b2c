package dev.rowan.internal.table;

import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What ties a record to rows that are not written yet: those it refers to, whose keys it takes when they have them, and
 * those that were added under it; and what takes that back. Not thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // records are told apart by identity
public final class PendingReferences {

    /**
     * A row that is referred to by a foreign key.
     *
     * @param left what the columns of the key were left with: who sets them to other values means another row
     */
    private record Reference(
            ForeignKey<?, ?> key,
            KeyedRecord<?> to,
            @Nullable Object left) {

        boolean isOverruledIn(KeyedRecord<?> record) {
            return !Objects.deepEquals(left, LoadedRelations.values(record, key.getFields()))
                    || (RecordAccess.isNew(record)
                            && key.getFields().stream()
                                    .anyMatch(field -> record.touched(field) && record.get(field) == null));
        }

        /** Has this be what the record says it refers to, by what its columns hold now. */
        Reference in(KeyedRecord<?> record) {
            var values = LoadedRelations.values(record, key.getFields());
            RecordAccess.loads(record).put(key, Optional.of(to), values);
            return new Reference(key, to, values);
        }
    }

    private final KeyedRecord<?> record;
    private final List<Reference> references;
    private final Set<KeyedRecord<?>> children = new IdentitySet<>();
    private final List<UndoEntry> undo;

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
        return new PendingReferences(record, references, children, undo);
    }

    /** Makes a record refer to a row, whose key it takes now, and again when that is inserted. */
    public static void tie(String relation, ForeignKey<?, ?> key, KeyedRecord<?> record, KeyedRecord<?> to) {
        if (!RecordAccess.isNew(to)) {
            requireKey(relation, to, key.getKeyFields());
        }
        changing(record).tie(key, to);
    }

    private void tie(ForeignKey<?, ?> key, KeyedRecord<?> to) {
        drop(key);
        var isNew = RecordAccess.isNew(record);
        for (var field : optional(key)) {
            if (isNew) {
                record.reset(field);
            } else if (record.get(field) != null) {
                RecordAccess.learn(record, field, null);
            }
        }
        if (hasKey(key, to)) {
            copyKey(key, to, record);
        }
        var reference = new Reference(key, to, null).in(record);
        if (RecordAccess.isNew(to)) {
            references.add(reference);
        }
        references.replaceAll(each -> each.in(record)); // foreign keys may share columns
    }

    /**
     * Makes a record refer to no row.
     *
     * @throws IllegalArgumentException if its row is stored, and must refer to one
     */
    public static void untie(String relation, ForeignKey<?, ?> key, KeyedRecord<?> record) {
        if (optional(key).isEmpty() && !RecordAccess.isNew(record)) {
            throw new IllegalArgumentException(
                    "A row of " + record.getTable().getName() + " must refer to one by " + relation + ": "
                            + SchemaNames.columnNames(key) + " may not be NULL. Set another row, or delete this one.");
        }
        changing(record).untie(key);
    }

    private void untie(ForeignKey<?, ?> key) {
        drop(key);
        if (optional(key).isEmpty()) {
            key.getFields().forEach(record::reset);
        }
        for (var field : optional(key)) {
            if (record.get(field) != null) {
                RecordAccess.learn(record, field, null);
            }
        }
        RecordAccess.loads(record).put(key, Optional.empty(), LoadedRelations.values(record, key.getFields()));
    }

    /** Checks a key. @throws IllegalArgumentException if the row has no value for one of the fields, by which it would be linked */
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

    private static List<? extends TableField<?, ?>> optional(ForeignKey<?, ?> key) {
        return key.getFields().stream()
                .filter(field -> field.getDataType().nullable())
                .toList();
    }

    private static PendingReferences changing(KeyedRecord<?> record) {
        var before = new UndoEntry(RecordAccess.remember(record));
        var links = RecordAccess.link(record);
        links.undo.add(before);
        return links;
    }

    private void drop(ForeignKey<?, ?> key) {
        dropOverruled();
        references.removeIf(reference -> reference.key().equals(key));
    }

    private void dropOverruled() {
        references.removeIf(reference -> reference.isOverruledIn(record));
    }

    /** Takes a row under the record, and among its loaded rows, if those were loaded or it is new; once. */
    public void adopt(Object path, KeyedRecord<?> child) {
        var before = (List<?>) RecordAccess.loads(record).find(path);
        var isAdded = children.add(child);
        undo.add(new UndoEntry(() -> {
            RecordAccess.loads(record).put(path, before);
            if (isAdded && RecordAccess.links(record) != null) {
                RecordAccess.link(record).children.remove(child);
            }
        }));
        if (before == null && !RecordAccess.isNew(record)) {
            return;
        }
        var rows = new ArrayList<Object>(before == null ? List.of() : before);
        if (rows.stream().noneMatch(row -> row == child)) {
            rows.add(child);
        }
        RecordAccess.loads(record).put(path, Collections.unmodifiableList(rows));
    }

    public boolean isWaiting() {
        dropOverruled();
        return !references.isEmpty();
    }

    /** Returns the rows that are waited for. */
    public List<KeyedRecord<?>> waitedFor() {
        dropOverruled();
        return references.stream().<KeyedRecord<?>>map(Reference::to).toList();
    }

    /** Says whether the record waits for a key of its own. */
    public boolean isWaitingForItself() {
        return references.stream().anyMatch(each -> each.to() == record && !hasKey(each.key(), record));
    }

    /** Returns the rows that were added under this one. */
    public Set<KeyedRecord<?>> children() {
        return Collections.unmodifiableSet(children);
    }

    /** Returns the rows that were added under this one, once. */
    public List<KeyedRecord<?>> takeChildren() {
        var taken = List.copyOf(children);
        children.clear();
        return taken;
    }

    /** Returns what undoes the ties, in their order, once. */
    List<UndoEntry> takeUndo() {
        var taken = List.copyOf(undo);
        undo.clear();
        return taken;
    }

    /**
     * Gives the record the keys of the rows that it refers to.
     *
     * @throws IllegalArgumentException if one of them has none yet
     */
    public void resolve() {
        dropOverruled();
        for (var reference : references) {
            if (!hasKey(reference.key(), reference.to())) {
                throw new IllegalArgumentException("This record of "
                        + record.getTable().getName() + " refers to a new row of "
                        + reference.to().getTable().getName()
                        + " that has no key yet. Insert that first, or add both to a session: session.add(record).");
            }
            copyKey(reference.key(), reference.to(), record);
        }
        references.forEach(reference -> reference.in(record));
        references.clear();
    }

    /** Says whether a row has the values that a foreign key refers to. */
    private static boolean hasKey(ForeignKey<?, ?> key, KeyedRecord<?> row) {
        return key.getKeyFields().stream().allMatch(field -> row.get(field) != null);
    }

    /** Gives a record the values of the row that it is to refer to. */
    private static void copyKey(ForeignKey<?, ?> key, KeyedRecord<?> from, KeyedRecord<?> to) {
        for (int i = 0; i < key.getFields().size(); i++) {
            TableField<?, ?> field = key.getFields().get(i);
            RecordAccess.learn(to, field, from.get(key.getKeyFields().get(i)));
        }
    }
}
