package dev.rowan;

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
final class Links {

    /**
     * A row that is referred to by a foreign key.
     *
     * @param left what the columns of the key were left with: who sets them to other values means another row
     */
    private record Reference(
            ForeignKey<?, ?> key, Row<?> to, @Nullable Object left) {

        boolean isOverruledIn(Row<?> record) {
            return !Objects.deepEquals(left, Loads.values(record, key.getFields()))
                    || (Records.isNew(record)
                            && key.getFields().stream()
                                    .anyMatch(field -> record.touched(field) && record.get(field) == null));
        }

        /** Has this be what the record says it refers to, by what its columns hold now. */
        Reference in(Row<?> record) {
            var values = Loads.values(record, key.getFields());
            Records.loads(record).put(key, Optional.of(to), values);
            return new Reference(key, to, values);
        }
    }

    private final Row<?> record;
    private final List<Reference> references;
    private final Set<Row<?>> children = new IdentitySet<>();
    private final List<Undo> undo;

    Links(Row<?> record) {
        this(record, List.of(), List.of(), List.of());
    }

    private Links(Row<?> record, List<Reference> references, Collection<Row<?>> children, List<Undo> undo) {
        this.record = record;
        this.references = new ArrayList<>(references);
        this.children.addAll(children);
        this.undo = new ArrayList<>(undo);
    }

    Links copy() {
        return new Links(record, references, children, undo);
    }

    /** Makes a record refer to a row, whose key it takes now, and again when that is inserted. */
    static void tie(String relation, ForeignKey<?, ?> key, Row<?> record, Row<?> to) {
        if (!Records.isNew(to)) {
            requireKey(relation, to, key.getKeyFields());
        }
        changing(record).tie(key, to);
    }

    private void tie(ForeignKey<?, ?> key, Row<?> to) {
        drop(key);
        var isNew = Records.isNew(record);
        for (var field : optional(key)) {
            if (isNew) {
                record.reset(field);
            } else if (record.get(field) != null) {
                Records.learn(record, field, null);
            }
        }
        if (hasKey(key, to)) {
            copyKey(key, to, record);
        }
        var reference = new Reference(key, to, null).in(record);
        if (Records.isNew(to)) {
            references.add(reference);
        }
        references.replaceAll(each -> each.in(record)); // foreign keys may share columns
    }

    /**
     * Makes a record refer to no row.
     *
     * @throws IllegalArgumentException if its row is stored, and must refer to one
     */
    static void untie(String relation, ForeignKey<?, ?> key, Row<?> record) {
        if (optional(key).isEmpty() && !Records.isNew(record)) {
            throw new IllegalArgumentException("A row of " + record.getTable().getName() + " must refer to one by "
                    + relation + ": " + Names.columns(key) + " may not be NULL. Set another row, or delete this one.");
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
                Records.learn(record, field, null);
            }
        }
        Records.loads(record).put(key, Optional.empty(), Loads.values(record, key.getFields()));
    }

    /** @throws IllegalArgumentException if the row has no value for one of the fields, by which it would be linked */
    static void requireKey(String relation, Row<?> row, List<? extends TableField<?, ?>> fields) {
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

    private static Links changing(Row<?> record) {
        var before = new Undo(Records.remember(record));
        var links = Records.link(record);
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
    void adopt(Object path, Row<?> child) {
        var before = (List<?>) Records.loads(record).find(path);
        var isAdded = children.add(child);
        undo.add(new Undo(() -> {
            Records.loads(record).put(path, before);
            if (isAdded && Records.links(record) != null) {
                Records.link(record).children.remove(child);
            }
        }));
        if (before == null && !Records.isNew(record)) {
            return;
        }
        var rows = new ArrayList<Object>(before == null ? List.of() : before);
        if (rows.stream().noneMatch(row -> row == child)) {
            rows.add(child);
        }
        Records.loads(record).put(path, Collections.unmodifiableList(rows));
    }

    boolean isWaiting() {
        dropOverruled();
        return !references.isEmpty();
    }

    /** Returns the rows that are waited for. */
    List<Row<?>> waitedFor() {
        dropOverruled();
        return references.stream().<Row<?>>map(Reference::to).toList();
    }

    /** Says whether the record waits for a key of its own. */
    boolean isWaitingForItself() {
        return references.stream().anyMatch(each -> each.to() == record && !hasKey(each.key(), record));
    }

    /** Returns the rows that were added under this one. */
    Set<Row<?>> children() {
        return Collections.unmodifiableSet(children);
    }

    /** Returns the rows that were added under this one, once. */
    List<Row<?>> takeChildren() {
        var taken = List.copyOf(children);
        children.clear();
        return taken;
    }

    /** Returns what undoes the ties, in their order, once. */
    List<Undo> takeUndo() {
        var taken = List.copyOf(undo);
        undo.clear();
        return taken;
    }

    /**
     * Gives the record the keys of the rows that it refers to.
     *
     * @throws IllegalArgumentException if one of them has none yet
     */
    void resolve() {
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
    private static boolean hasKey(ForeignKey<?, ?> key, Row<?> row) {
        return key.getKeyFields().stream().allMatch(field -> row.get(field) != null);
    }

    /** Gives a record the values of the row that it is to refer to. */
    private static void copyKey(ForeignKey<?, ?> key, Row<?> from, Row<?> to) {
        for (int i = 0; i < key.getFields().size(); i++) {
            TableField<?, ?> field = key.getFields().get(i);
            Records.learn(to, field, from.get(key.getKeyFields().get(i)));
        }
    }
}
