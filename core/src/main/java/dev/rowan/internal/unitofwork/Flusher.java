package dev.rowan.internal.unitofwork;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.relation.LinkTableWriter;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.util.DependencyLevels;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Table;

/**
 * Writes the pending changes of a unit of work, in an order that the foreign keys allow:
 *
 * <ol>
 *   <li>deletes, so that unique values become free for new rows,
 *   <li>inserts, each table after those that it references,
 *   <li>updates,
 *   <li>changes of link tables,
 *   <li>the deletes that have to wait: of rows that modified records reference, or that links lead to or from. An
 *       update or a change of links may point those references elsewhere first.
 * </ol>
 *
 * <p>The rows of tables that reference themselves, or one another in a cycle, are ordered by the references of each
 * row. For a single use.
 */
final class Flusher {

    private final UnitOfWork unitOfWork;
    private final Executor session;

    Flusher(UnitOfWork unitOfWork, Executor session) {
        this.unitOfWork = unitOfWork;
        this.session = session;
    }

    void flush() {
        var updates = new ArrayList<TrackedTable<?>>();
        var modified = new ArrayList<KeyedRecord<?>>();
        var deleted = new ArrayList<KeyedRecord<?>>();
        for (var table : unitOfWork.tables()) {
            if (modified.addAll(table.modified())) {
                updates.add(table);
            }
            deleted.addAll(table.deleted());
        }
        var linked = linked(deleted);
        modified.addAll(linked);
        var deletedLast = reachable(modified, deleted);
        deletedLast.addAll(linked);
        var withoutLinks = recordsWithoutLinks();
        deleted.removeAll(deletedLast);
        delete(deleted);
        insert(unitOfWork.tables().stream()
                .filter(table -> !table.added().isEmpty())
                .toList());
        updates.forEach(table -> table.updateModified(session));
        writeLinks(withoutLinks);
        delete(deletedLast);
    }

    /** Returns those of the rows that pending changes of link tables may unlink. */
    private List<KeyedRecord<?>> linked(List<KeyedRecord<?>> rows) {
        Set<KeyedRecord<?>> from = new IdentitySet<>();
        Set<Table<?>> to = new HashSet<>();
        for (var change : unitOfWork.links()) {
            from.add(change.record());
            to.add(change.path().end());
        }
        return rows.stream()
                .filter(row -> from.contains(row) || to.contains(row.getTable()))
                .toList();
    }

    /** Returns the records that no row of a link table refers to yet: the new ones. */
    private Set<KeyedRecord<?>> recordsWithoutLinks() {
        Set<KeyedRecord<?>> added = new IdentitySet<>();
        if (unitOfWork.links().isEmpty()) {
            return added; // nobody asks
        }
        for (var table : unitOfWork.tables()) {
            added.addAll(table.added());
        }
        return added;
    }

    private void writeLinks(Set<KeyedRecord<?>> withoutLinks) {
        Map<RelationPath<?, ?>, List<LinkChange>> byPath = new LinkedHashMap<>();
        for (var change : unitOfWork.links()) {
            // a record that is still new was added and deleted again
            if (!RecordAccess.isNew(change.record())) {
                byPath.computeIfAbsent(change.path(), p -> new ArrayList<>()).add(change);
            }
        }
        byPath.forEach((path, changes) -> {
            var table = path.source();
            // a new record of the link table itself may link the new records
            var mayBeLinked =
                    withoutLinks.stream().anyMatch(row -> row.getTable().equals(table));
            new LinkTableWriter(path, mapping(table), session).write(changes, mayBeLinked ? Set.of() : withoutLinks);
            unitOfWork.markStale(List.of(table));
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // only the table knows the type of its records
    private TableMapping<?> mapping(Table table) {
        return session.mappings().of(table);
    }

    private void insert(List<TrackedTable<?>> added) {
        var order = DependencyLevels.of(added, table -> referencedBy(table, added));
        for (var level : order.levels()) {
            for (var table : level) {
                if (references(table, table)) {
                    insertInRowOrder(List.of(table));
                } else {
                    table.insert(table.added(), session);
                }
            }
        }
        insertInRowOrder(order.cycle());
    }

    private void insertInRowOrder(List<TrackedTable<?>> tables) {
        var rows = new ArrayList<KeyedRecord<?>>();
        for (var table : tables) {
            rows.addAll(table.added());
        }
        var order = DependencyLevels.of(rows, RowReferences.of(rows, KeyedRecord::get));
        var cycle = new ArrayList<>(order.cycle());
        for (var row : rows) {
            var references = RecordAccess.pendingReferences(row);
            if (references != null && references.isWaitingForOwnKey()) {
                cycle.add(row);
            }
        }
        if (!cycle.isEmpty()) {
            throw new IllegalStateException("New rows of " + names(cycle)
                    + " reference one another in a cycle, so none can be inserted first. "
                    + (canLeaveOutReference(cycle)
                            ? "Leave out one of the references, call flush(), and set it afterwards."
                            : "All these references are NOT NULL: make the column of one nullable, or refer to a row"
                                    + " that is stored already and set the reference after a flush()."));
        }
        for (var level : order.levels()) {
            for (var table : tables) {
                table.insert(level, session);
            }
        }
    }

    /** Returns whether a foreign key between these rows can be NULL until they are inserted. */
    private static boolean canLeaveOutReference(List<KeyedRecord<?>> cycle) {
        Set<Table<?>> tables = new HashSet<>();
        cycle.forEach(row -> tables.add(row.getTable()));
        return tables.stream()
                .flatMap(table -> table.getReferences().stream())
                .filter(key -> tables.contains(key.getKey().getTable()))
                .anyMatch(key -> key.getFields().stream()
                        .anyMatch(field -> field.getDataType().nullable()));
    }

    private void delete(Collection<KeyedRecord<?>> deleted) {
        Map<TrackedTable<?>, List<KeyedRecord<?>>> rows = new LinkedHashMap<>();
        for (var row : deleted) {
            rows.computeIfAbsent(unitOfWork.tableOf(row), t -> new ArrayList<>())
                    .add(row);
        }
        var order = DependencyLevels.of(rows.keySet(), table -> referencedBy(table, rows.keySet()));
        deleteInRowOrder(order.cycle(), rows);
        for (var level : order.levels().reversed()) {
            for (var table : level) {
                if (references(table, table)) {
                    deleteInRowOrder(List.of(table), rows);
                } else {
                    table.delete(rows.getOrDefault(table, List.of()), session);
                }
            }
        }
    }

    /**
     * Deletes rows in the order of their references. Rows that reference one another in a cycle are deleted together:
     * whether that is possible depends on the ON DELETE rules of the foreign keys.
     */
    private void deleteInRowOrder(List<TrackedTable<?>> tables, Map<TrackedTable<?>, List<KeyedRecord<?>>> rowsOf) {
        var rows = new ArrayList<KeyedRecord<?>>();
        for (var table : tables) {
            rows.addAll(rowsOf.getOrDefault(table, List.of()));
        }
        var order = DependencyLevels.of(rows, RowReferences.of(rows, KeyedRecord::original));
        for (var table : tables) {
            table.delete(order.cycle(), session);
        }
        for (var level : order.levels().reversed()) {
            for (var table : tables) {
                table.delete(level, session);
            }
        }
    }

    /** Returns those of the rows that the stored references of the others lead to, directly or through one another. */
    private static Set<KeyedRecord<?>> reachable(List<KeyedRecord<?>> from, List<KeyedRecord<?>> rows) {
        Set<KeyedRecord<?>> found = new IdentitySet<>();
        if (rows.isEmpty()) {
            return found;
        }
        Set<KeyedRecord<?>> among = new IdentitySet<>();
        among.addAll(rows);
        var references = RowReferences.of(rows, KeyedRecord::original);
        var remaining = new ArrayDeque<>(from);
        while (!remaining.isEmpty()) {
            for (var row : references.apply(remaining.pop())) {
                if (among.contains(row) && found.add(row)) {
                    remaining.add(row);
                }
            }
        }
        return found;
    }

    private static List<TrackedTable<?>> referencedBy(TrackedTable<?> table, Collection<TrackedTable<?>> among) {
        return among.stream().filter(other -> references(table, other)).toList();
    }

    private static boolean references(TrackedTable<?> table, TrackedTable<?> other) {
        return references(table.table(), Set.of(other.table()));
    }

    /** Returns whether a table has a foreign key to one of the others. */
    static boolean references(Table<?> table, Set<Table<?>> others) {
        return table.getReferences().stream()
                .anyMatch(key -> others.contains(key.getKey().getTable()));
    }

    private static String names(List<KeyedRecord<?>> rows) {
        return String.join(
                ", ",
                rows.stream().map(row -> row.getTable().getName()).distinct().toList());
    }
}
