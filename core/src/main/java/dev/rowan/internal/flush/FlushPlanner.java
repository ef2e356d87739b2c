package dev.rowan.internal.flush;

import dev.rowan.internal.flush.Change.Kind;
import dev.rowan.internal.flush.Dependency.Split;
import dev.rowan.internal.flush.Dependency.Way;
import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.relation.LinkChange.Mode;
import dev.rowan.internal.relation.LinkPlan;
import dev.rowan.internal.relation.RelationPath;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.util.DependencyLevels;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a flush from what was said: the rows to insert, update and delete, and the links. It runs no
 * statement. Changes that wait for one another in a circle are split: columns are cleared before, or written
 * afterwards. Then changes of one kind and table are put into one step, as far as their {@link Dependencies} allow. For
 * a single use.
 */
public final class FlushPlanner {

    private final List<Change> changes = new ArrayList<>();
    private final List<LinkChange> links = new ArrayList<>();
    private final List<LinkPlan> plans = new ArrayList<>();
    private final Placeholder placeholder = new Placeholder();

    /**
     * Makes a plan.
     *
     * @param added new records to insert
     * @param modified stored records to update
     * @param deleted stored records whose rows to delete
     * @param links the changes of link tables, in the order in which they were made
     * @throws IllegalStateException if changes wait for one another, and none can be split
     */
    public static PlannedSteps plan(
            Collection<? extends KeyedRecord<?>> added,
            Collection<? extends KeyedRecord<?>> modified,
            Collection<? extends KeyedRecord<?>> deleted,
            List<LinkChange> links) {
        var planner = new FlushPlanner();
        planner.addRows(added, modified, deleted);
        planner.addLinks(links, added, deleted);
        var steps = new FlushSchedule(planner.withoutCycles(), planner.tableOrder()).steps();
        return new PlannedSteps(steps, planner.plans);
    }

    // --- what was said
    // ------------------------------------------------------------------------------------------------

    private void addRows(
            Collection<? extends KeyedRecord<?>> added,
            Collection<? extends KeyedRecord<?>> modified,
            Collection<? extends KeyedRecord<?>> deleted) {
        var replaced = replaced(added, modified, deleted);
        Set<KeyedRecord<?>> gone = new IdentitySet<>();
        gone.addAll(replaced.values());
        var deletedForGood = deleted.stream().filter(row -> !gone.contains(row)).toList();
        deletedForGood.stream().map(Change::delete).forEach(changes::add);
        for (var row : added) {
            var before = replaced.get(row);
            changes.add(before == null ? Change.insert(row) : Change.replace(row, before));
        }
        CascadedDeletes.without(modified, deletedForGood).stream()
                .map(Change::update)
                .forEach(changes::add);
        added.stream()
                .map(KeyedRecord::getTable)
                .distinct()
                .filter(FlushPlanner::isUniqueByGenerated)
                .map(Change::waiting)
                .forEach(changes::add);
    }

    private static boolean isUniqueByGenerated(Table<?> table) {
        return table.getKeys().stream()
                .flatMap(key -> key.getFields().stream())
                .anyMatch(field -> field.getDataType().readonly());
    }

    /** Returns the deleted records whose rows new ones take over, by those: they have the same primary key. */
    private static Map<KeyedRecord<?>, KeyedRecord<?>> replaced(
            Collection<? extends KeyedRecord<?>> added,
            Collection<? extends KeyedRecord<?>> modified,
            Collection<? extends KeyedRecord<?>> deleted) {
        var replaced = new IdentityHashMap<KeyedRecord<?>, KeyedRecord<?>>();
        if (deleted.isEmpty() || added.isEmpty()) {
            return replaced;
        }
        var byKey = new HashMap<List<Object>, KeyedRecord<?>>();
        deleted.forEach(row -> byKey.put(key(row, true), row));
        for (var row : added) {
            var key = key(row, false);
            var before = key == null ? null : byKey.remove(key);
            if (before != null) {
                replaced.put(row, before);
            }
        }
        boolean isFewer;
        do { // a row that is not replaced loses its key, which rows that refer to it may contain
            Set<KeyedRecord<?>> gone = new IdentitySet<>();
            gone.addAll(deleted);
            replaced.values().forEach(gone::remove);
            var moving = new HashMap<ForeignKey<?, ?>, Set<List<Object>>>();
            isFewer = replaced.values()
                    .removeIf(row -> row.getTable().getReferences().stream()
                            .filter(key ->
                                    !Collections.disjoint(key.getFields(), TableMapping.keyFields(row.getTable())))
                            .anyMatch(key -> moving.computeIfAbsent(key, k -> moving(k, added, modified, gone))
                                    .contains(stored(row, key.getFields()))));
        } while (isFewer);
        return replaced;
    }

    /**
     * Returns the values that one row gives up and another takes, of those that a foreign key references: a new row
     * with such a value refers to the other one, and is another row than the deleted one with the same primary key.
     */
    private static Set<List<Object>> moving(
            ForeignKey<?, ?> key,
            Collection<? extends KeyedRecord<?>> added,
            Collection<? extends KeyedRecord<?>> modified,
            Collection<KeyedRecord<?>> gone) {
        Set<List<Object>> given = new HashSet<>();
        Set<List<Object>> taken = new HashSet<>();
        var referenced = key.getKey().getTable();
        for (var row : gone) {
            if (row.getTable().equals(referenced)) {
                given.add(stored(row, key.getKeyFields()));
            }
        }
        for (var row : modified) {
            if (row.getTable().equals(referenced)) {
                var before = stored(row, key.getKeyFields());
                var after = given(row, key.getKeyFields());
                if (!before.equals(after)) {
                    given.add(before);
                    taken.add(after);
                }
            }
        }
        for (var row : added) {
            if (row.getTable().equals(referenced)) {
                taken.add(given(row, key.getKeyFields()));
            }
        }
        taken.remove(List.of());
        given.retainAll(taken);
        return given;
    }

    /** Returns what the row of a record holds in some columns, as it is compared; empty if one is NULL. */
    private static List<Object> stored(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        return Objects.requireNonNullElse(KeyValues.loose(fields, field -> row.original(field)), List.of());
    }

    /** Returns what the row of a record is to hold in some columns, as it is compared; empty if one is NULL. */
    private static List<Object> given(KeyedRecord<?> row, List<? extends TableField<?, ?>> fields) {
        return Objects.requireNonNullElse(KeyValues.loose(fields, field -> RecordState.given(row, field)), List.of());
    }

    /** Returns the table and the primary key of a row; null if a value is not known yet. */
    private static @Nullable List<Object> key(KeyedRecord<?> row, boolean isStored) {
        List<Object> key = new ArrayList<>();
        key.add(row.getTable());
        for (var field : TableMapping.keyFields(row.getTable())) {
            var value = isStored ? row.original(field) : RecordState.given(row, field);
            if (value == null) {
                return null;
            }
            key.add(KeyValues.comparable(value));
        }
        return key;
    }

    private void addLinks(
            List<LinkChange> said,
            Collection<? extends KeyedRecord<?>> added,
            Collection<? extends KeyedRecord<?>> deleted) {
        if (said.isEmpty()) {
            return;
        }
        Set<KeyedRecord<?>> inserted = new IdentitySet<>();
        inserted.addAll(added);
        Set<KeyedRecord<?>> gone = new IdentitySet<>();
        gone.addAll(deleted);
        for (var change : withoutReplaced(said)) {
            if (gone.contains(change.record()) && change.mode() != Mode.REMOVE) {
                if (change.mode() == Mode.SET) {
                    links.add(change.with(List.of()));
                }
            } else if (!RecordAccess.isNew(change.record()) || inserted.contains(change.record())) {
                var rows = new ArrayList<KeyedRecord<?>>();
                for (var row : change.rows()) {
                    var isThere = !RecordAccess.isNew(row) || inserted.contains(row);
                    if (isThere && (!change.links() || !gone.contains(row))) {
                        rows.add(row);
                    } else if (change.links() && !isDecidedAfter(change, row, said)) {
                        throw new IllegalStateException(change.path().name() + "."
                                + change.mode().verb() + " links a record of "
                                + row.getTable().getName()
                                + (isThere
                                        ? " that this session deletes. Leave it out of the rows, or do not delete it."
                                        : " that has no row, and that this session does not insert: it was deleted or"
                                                + " detached. Leave it out of the rows, or add it to the session."));
                    }
                }
                links.add(change.with(rows));
            }
        }
        plans.addAll(LinkPlan.of(links, insertedRows(), writtenTables()));
        var unlinked = new LinkedHashSet<Table<?>>();
        var linked = new LinkedHashSet<Table<?>>();
        for (var plan : plans) {
            if (plan.unlinks()) {
                unlinked.add(plan.table());
            }
            if (plan.links()) {
                linked.add(plan.table());
            }
        }
        unlinked.forEach(table -> changes.add(Change.links(Kind.UNLINK, table)));
        linked.forEach(table -> changes.add(Change.links(Kind.LINK, table)));
    }

    /** Returns the new records that are inserted, and do not take the place of stored ones. */
    private Set<KeyedRecord<?>> insertedRows() {
        Set<KeyedRecord<?>> rows = new IdentitySet<>();
        changes.stream()
                .filter(change -> change.kind() == Kind.INSERT)
                .map(Change::record)
                .forEach(rows::add);
        return rows;
    }

    /** Returns the tables of the records that are inserted or updated. */
    private Set<Table<?>> writtenTables() {
        return changes.stream()
                .filter(change -> change.isOfRow() && change.kind() != Kind.DELETE)
                .map(Change::table)
                .collect(Collectors.toSet());
    }

    /** Returns the changes without those that come before one that sets all links of the same record and relation. */
    private static List<LinkChange> withoutReplaced(List<LinkChange> said) {
        var last = new ArrayList<LinkChange>();
        Map<RelationPath<?, ?>, Set<KeyedRecord<?>>> set = new HashMap<>();
        for (var change : said.reversed()) {
            var isReplaced = set.getOrDefault(change.path(), Set.of()).contains(change.record());
            if (!isReplaced) {
                last.add(change);
            }
            if (change.mode() == Mode.SET) {
                set.computeIfAbsent(change.path(), path -> new IdentitySet<>()).add(change.record());
            }
        }
        return last.reversed();
    }

    /** Returns whether a later change says whether the record and a row are linked. */
    @SuppressWarnings("ReferenceEquality") // two changes may be equal
    private static boolean isDecidedAfter(LinkChange change, KeyedRecord<?> row, List<LinkChange> said) {
        return said.reversed().stream()
                .takeWhile(later -> later != change)
                .anyMatch(later -> later.decides(change, row));
    }

    // --- cycles
    // -------------------------------------------------------------------------------------------------------

    private ChangeGraph withoutCycles() {
        while (true) {
            var graph = Dependencies.graph(changes, links);
            var cycles = graph.cycles();
            if (cycles.isEmpty()) {
                return graph;
            }
            for (var cycle : cycles) {
                split(cycle.stream()
                        .map(Dependency::split)
                        .filter(Objects::nonNull)
                        .min(Comparator.comparing(Split::way)
                                .thenComparing(split -> split.change().clearing() == null))
                        .orElseThrow(() -> circle(cycle)));
            }
        }
    }

    private void split(Split split) {
        var change = split.change();
        switch (split.way()) {
            case SKIP, WAIVE -> changes.remove(change);
            case CLEAR, PLACEHOLDER -> {
                var clear = change.clearing();
                if (clear == null) {
                    clear = change.clearBefore();
                    changes.add(clear);
                }
                for (var field : split.columns()) {
                    clear.clear(field, split.way() == Way.CLEAR ? null : placeholder.next(field));
                }
            }
            case COMPLETE -> {
                change.leaveOut(split.columns());
                changes.add(change.completion());
            }
        }
    }

    private static IllegalStateException circle(List<Dependency> cycle) {
        var names = new TreeSet<String>();
        var isOfNewRows = true;
        for (var dependency : cycle) {
            names.add(dependency.first().table().getName());
            isOfNewRows &= dependency.first().kind() == Kind.INSERT;
        }
        var tables = String.join(", ", names);
        return new IllegalStateException(
                isOfNewRows
                        ? "New rows of " + tables + " reference one another in a cycle, so none can be inserted first."
                                + " All these references are NOT NULL: make the column of one nullable, or refer to a row"
                                + " that is stored already and set the reference after a flush()."
                        : "Changes of " + tables + " wait for one another: " + reasons(cycle)
                                + ". No statement of this flush has run. Make one of the changes first, call flush(),"
                                + " and then make the others; or make a column of the keys nullable, or add ON UPDATE"
                                + " CASCADE to the foreign key.");
    }

    private static String reasons(List<Dependency> cycle) {
        return cycle.stream()
                .map(dependency -> dependency.first().kind().verb() + " "
                        + dependency.first().table().getName() + " before "
                        + dependency.second().kind().verb() + " "
                        + dependency.second().table().getName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Returns the position of each table among all: after those that it references. */
    private Map<Table<?>, Integer> tableOrder() {
        Set<Table<?>> tables = new LinkedHashSet<>();
        changes.forEach(change -> tables.add(change.table()));
        var levels = DependencyLevels.of(
                tables,
                table -> table.getReferences().stream()
                        .map(key -> key.getKey().getTable())
                        .filter(tables::contains)
                        .toList());
        Map<Table<?>, Integer> order = new HashMap<>();
        for (var level : levels.levels()) {
            level.forEach(table -> order.put(table, order.size()));
        }
        levels.cycle().forEach(table -> order.put(table, order.size()));
        return order;
    }
}
