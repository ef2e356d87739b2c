package dev.rowan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What ties a record to rows that are not written yet: those it refers to, whose keys it takes when they have them, and
 * those that were added under it. Not thread-safe.
 */
final class Links {

    /** A row that is referred to by a foreign key. */
    private record Reference(ForeignKey<?, ?> key, Row<?> to) {}

    private final List<Reference> references;
    private final List<Row<?>> children;
    private final @Nullable Loads loadedBefore;

    /** @param loadedBefore what was loaded for the record before it was tied to any row */
    Links(@Nullable Loads loadedBefore) {
        this(List.of(), List.of(), loadedBefore);
    }

    private Links(List<Reference> references, List<Row<?>> children, @Nullable Loads loadedBefore) {
        this.references = new ArrayList<>(references);
        this.children = new ArrayList<>(children);
        this.loadedBefore = loadedBefore;
    }

    Links copy() {
        return new Links(references, children, loadedBefore);
    }

    /** Returns what was loaded for the record before it was tied to any row. */
    @Nullable Loads loadedBefore() {
        return loadedBefore == null ? null : loadedBefore.copy();
    }

    /** Makes a record refer to a row, whose key it takes now, and again when that is inserted. */
    static void tie(ForeignKey<?, ?> key, Row<?> record, Row<?> to) {
        var links = record.link();
        clear(key, record);
        if (hasKey(key, to)) copyKey(key, to, record);
        if (RecordWrites.isNew(to)) links.references.add(new Reference(key, to));
        Loads.of(record).put(key, Optional.of(to));
    }

    /** Makes a record refer to no row. */
    static void untie(ForeignKey<?, ?> key, Row<?> record) {
        record.link();
        clear(key, record);
        Loads.of(record).put(key, Optional.empty());
    }

    private static void clear(ForeignKey<?, ?> key, Row<?> record) {
        record.link().references.removeIf(reference -> reference.key().equals(key));
        for (var field : key.getFields())
            if (record.get(field) != null && field.getDataType().nullable()) record.learn(field, null);
    }

    void adopt(Row<?> child) {
        children.add(child);
    }

    boolean isWaiting() {
        return !references.isEmpty();
    }

    /** Returns the rows that are waited for. */
    List<Row<?>> waitedFor() {
        return references.stream().<Row<?>>map(Reference::to).toList();
    }

    /** Says whether rows were added under this one. */
    boolean hasChildren() {
        return !children.isEmpty();
    }

    /** Returns the rows that were added under this one, once. */
    List<Row<?>> takeChildren() {
        var taken = List.copyOf(children);
        children.clear();
        return taken;
    }

    /**
     * Gives the record the keys of the rows that it refers to.
     *
     * @throws IllegalArgumentException if one of them has none yet
     */
    void resolve(Row<?> record) {
        for (var reference : references) {
            if (!hasKey(reference.key(), reference.to()))
                throw new IllegalArgumentException("This record of "
                        + record.getTable().getName() + " refers to a new row of "
                        + reference.to().getTable().getName()
                        + " that has no key yet. Insert that first, or add both to a session: session.add(record).");
            copyKey(reference.key(), reference.to(), record);
        }
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
            to.learn(field, from.get(key.getKeyFields().get(i)));
        }
    }
}
