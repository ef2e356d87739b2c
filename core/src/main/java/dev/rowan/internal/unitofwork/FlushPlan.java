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
 * Writes what a session has to write, in an order that its foreign keys allow. Rows go before others come, and make room
 * for their unique values, unless rows that are modified refer to them, or links that are set may have led to them: those
 * are led elsewhere first. For one use.
 */
final class FlushPlan {

    private final UnitOfWork work;
    private final Executor session;

    FlushPlan(UnitOfWork work, Executor session) {
        this.work = work;
        this.session = session;
    }

    void run() {
        var updates = new ArrayList<TrackedTable<?>>();
        var modified = new ArrayList<KeyedRecord<?>>();
        var deleted = new ArrayList<KeyedRecord<?>>();
        for (var tracked : work.tables()) {
            if (modified.addAll(tracked.modified())) {
                updates.add(tracked);
            }
            deleted.addAll(tracked.deleted());
        }
        var linked = linked(deleted);
        modified.addAll(linked);
        var last = reached(modified, deleted);
        last.addAll(linked);
        var unlinked = unlinked();
        deleted.removeAll(last);
        delete(deleted);
        insert(work.tables().stream()
                .filter(tracked -> !tracked.added().isEmpty())
                .toList());
        updates.forEach(tracked -> tracked.updateModified(session));
        writeLinks(unlinked);
        delete(last);
    }

    /** Returns those of the rows that links which are about to go may lead to, or come from. */
    private List<KeyedRecord<?>> linked(List<KeyedRecord<?>> rows) {
        Set<KeyedRecord<?>> from = new IdentitySet<>();
        Set<Table<?>> to = new HashSet<>();
        for (var set : work.links()) {
            from.add(set.record());
            to.add(set.path().end());
        }
        return rows.stream()
                .filter(row -> from.contains(row) || to.contains(row.getTable()))
                .toList();
    }

    /** Returns the records that no row links yet: the new ones, unless new links may be theirs. */
    private Set<KeyedRecord<?>> unlinked() {
        Set<KeyedRecord<?>> added = new IdentitySet<>();
        if (work.links().isEmpty()) {
            return added;
        }
        for (var tracked : work.tables()) {
            added.addAll(tracked.added());
        }
        return added;
    }

    private void writeLinks(Set<KeyedRecord<?>> added) {
        Map<RelationPath<?, ?>, List<LinkChange>> byWay = new LinkedHashMap<>();
        for (var set : work.links()) {
            // a new one was to be inserted, and is not any more
            if (!RecordAccess.isNew(set.record())) {
                byWay.computeIfAbsent(set.path(), w -> new ArrayList<>()).add(set);
            }
        }
        byWay.forEach((path, sets) -> {
            var table = path.source();
            var unlinked =
                    added.stream().anyMatch(row -> row.getTable().equals(table)) ? Set.<KeyedRecord<?>>of() : added;
            new LinkTableWriter(path, mapping(table), session).write(sets, unlinked);
            work.overwritten(List.of(table));
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what the records of the table are is known to the table alone
    private TableMapping<?> mapping(Table table) {
        return session.mappings().of(table);
    }

    private void insert(List<TrackedTable<?>> added) {
        var order = DependencyLevels.of(added, tracked -> referredBy(tracked, added));
        for (var level : order.levels()) {
            for (var tracked : level) {
                if (refers(tracked, tracked)) {
                    insertByRow(List.of(tracked));
                } else {
                    tracked.insert(tracked.added(), session);
                }
            }
        }
        insertByRow(order.cycle());
    }

    private void insertByRow(List<TrackedTable<?>> tables) {
        var rows = new ArrayList<KeyedRecord<?>>();
        for (var tracked : tables) {
            rows.addAll(tracked.added());
        }
        var order = DependencyLevels.of(rows, RowReferences.of(rows, KeyedRecord::get));
        var circle = new ArrayList<>(order.cycle());
        for (var row : rows) {
            var links = RecordAccess.links(row);
            if (links != null && links.isWaitingForItself()) {
                circle.add(row);
            }
        }
        if (!circle.isEmpty()) {
            throw new IllegalStateException("New rows of " + names(circle)
                    + " refer to one another in a circle, so that none can be the first. Leave one of the references out,"
                    + " call flush(), and set it then.");
        }
        for (var level : order.levels()) {
            for (var tracked : tables) {
                tracked.insert(level, session);
            }
        }
    }

    private void delete(Collection<KeyedRecord<?>> deleted) {
        Map<TrackedTable<?>, List<KeyedRecord<?>>> rows = new LinkedHashMap<>();
        for (var row : deleted) {
            rows.computeIfAbsent(work.tracked(row), t -> new ArrayList<>()).add(row);
        }
        var order = DependencyLevels.of(rows.keySet(), tracked -> referredBy(tracked, rows.keySet()));
        deleteByRow(order.cycle(), rows);
        for (var level : order.levels().reversed()) {
            for (var tracked : level) {
                if (refers(tracked, tracked)) {
                    deleteByRow(List.of(tracked), rows);
                } else {
                    tracked.delete(rows.getOrDefault(tracked, List.of()), session);
                }
            }
        }
    }

    /** Of rows that refer to one another in a circle, the foreign keys may say what becomes of them: the server knows. */
    private void deleteByRow(List<TrackedTable<?>> tables, Map<TrackedTable<?>, List<KeyedRecord<?>>> rowsOf) {
        var rows = new ArrayList<KeyedRecord<?>>();
        for (var tracked : tables) {
            rows.addAll(rowsOf.getOrDefault(tracked, List.of()));
        }
        var order = DependencyLevels.of(rows, RowReferences.of(rows, KeyedRecord::original));
        for (var tracked : tables) {
            tracked.delete(order.cycle(), session);
        }
        for (var level : order.levels().reversed()) {
            for (var tracked : tables) {
                tracked.delete(level, session);
            }
        }
    }

    /** Returns those of the rows to which the others refer as they are stored, and to which those refer in turn. */
    private static Set<KeyedRecord<?>> reached(List<KeyedRecord<?>> from, List<KeyedRecord<?>> rows) {
        Set<KeyedRecord<?>> reached = new IdentitySet<>();
        if (rows.isEmpty()) {
            return reached;
        }
        Set<KeyedRecord<?>> among = new IdentitySet<>();
        among.addAll(rows);
        var references = RowReferences.of(rows, KeyedRecord::original);
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (var row : references.apply(open.pop())) {
                if (among.contains(row) && reached.add(row)) {
                    open.add(row);
                }
            }
        }
        return reached;
    }

    private static List<TrackedTable<?>> referredBy(TrackedTable<?> tracked, Collection<TrackedTable<?>> among) {
        return among.stream().filter(other -> refers(tracked, other)).toList();
    }

    private static boolean refers(TrackedTable<?> tracked, TrackedTable<?> to) {
        return refersTo(tracked.table(), Set.of(to.table()));
    }

    /** Says whether a table has a foreign key to one of the others. */
    static boolean refersTo(Table<?> table, Set<Table<?>> others) {
        return table.getReferences().stream()
                .anyMatch(key -> others.contains(key.getKey().getTable()));
    }

    private static String names(List<KeyedRecord<?>> rows) {
        return String.join(
                ", ",
                rows.stream().map(row -> row.getTable().getName()).distinct().toList());
    }
}
