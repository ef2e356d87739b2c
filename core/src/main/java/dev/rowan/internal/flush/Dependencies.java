package dev.rowan.internal.flush;

import dev.rowan.internal.flush.Change.Kind;
import dev.rowan.internal.flush.Dependency.Split;
import dev.rowan.internal.flush.Dependency.Way;
import dev.rowan.internal.relation.LinkChange;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jspecify.annotations.Nullable;

/**
 * Finds which changes have to come before which:
 *
 * <ul>
 *   <li>a row that is referenced is inserted first and deleted last, and a reference is set to another row before its
 *       row is deleted, or gets another key,
 *   <li>a unique value is freed before another row takes it,
 *   <li>links are deleted before their rows, and inserted after them.
 * </ul>
 *
 * <p>Text is compared loosely, as collations may. A dependency too many costs a statement at most. For a single use.
 */
final class Dependencies {

    /** The changes that free, and those that take, each value of some columns. */
    private static final class Values {
        private final List<? extends TableField<?, ?>> fields;
        private final List<Change> changes;
        private final Map<List<Object>, List<Change>> freed = new HashMap<>();

        /** The deletes of rows whose value is cleared before: rows that refer to it follow until then. */
        private final Map<List<Object>, List<Change>> deletedLater = new HashMap<>();

        private @Nullable Map<List<Object>, List<Change>> taken;

        Values(List<? extends TableField<?, ?>> fields, List<Change> changes) {
            this.fields = fields;
            this.changes = changes;
            for (var change : changes) {
                if (change.kind() != Kind.INSERT && change.writesAny(fields)) {
                    add(freed, before(change, fields), change);
                    if (change.kind() == Kind.DELETE && change.previous() != null) {
                        add(
                                deletedLater,
                                KeyValues.loose(fields, field -> change.record().original(field)),
                                change);
                    }
                }
            }
        }

        List<Change> deletedLater(List<Object> value) {
            return deletedLater.getOrDefault(value, List.of());
        }

        List<Change> freed(List<Object> value) {
            return freed.getOrDefault(value, List.of());
        }

        /** Returns the changes that take each value; few are ever asked for them. */
        Map<List<Object>, List<Change>> taken() {
            if (taken == null) {
                taken = new HashMap<>();
                for (var change : changes) {
                    if (change.kind() != Kind.DELETE && change.writesAny(fields)) {
                        add(taken, after(change, fields), change);
                    }
                }
            }
            return taken;
        }

        private static void add(Map<List<Object>, List<Change>> map, @Nullable List<Object> values, Change change) {
            if (values != null) {
                map.computeIfAbsent(values, v -> new ArrayList<>(1)).add(change);
            }
        }
    }

    private final List<Change> changes;
    private final List<Dependency> found = new ArrayList<>();
    private final Map<Table<?>, List<Change>> byTable = new LinkedHashMap<>();
    private final IdentityHashMap<KeyedRecord<?>, List<Change>> byRecord = new IdentityHashMap<>();
    private final Map<List<TableField<?, ?>>, Values> byFields = new HashMap<>();

    private Dependencies(List<Change> changes) {
        this.changes = changes;
        for (var change : changes) {
            if (change.isOfRow()) {
                byTable.computeIfAbsent(change.table(), t -> new ArrayList<>()).add(change);
                byRecord.computeIfAbsent(change.record(), r -> new ArrayList<>(1))
                        .add(change);
            }
        }
    }

    /** Returns the changes with their dependencies. */
    static ChangeGraph graph(List<Change> changes, List<LinkChange> links) {
        var dependencies = new Dependencies(changes);
        dependencies.addSteps();
        dependencies.addWaits();
        dependencies.byTable.forEach((table, own) -> {
            table.getKeys().forEach(dependencies::addUnique);
            table.getReferences().forEach(dependencies::addReferences);
        });
        dependencies.addLinks(links);
        return new ChangeGraph(changes, dependencies.found);
    }

    private void add(Change first, Change second, @Nullable Split split) {
        found.add(new Dependency(first, second, false, split));
    }

    /** Adds that a row's changes follow one another. */
    private void addSteps() {
        for (var change : changes) {
            var previous = change.previous();
            if (previous != null) {
                add(previous, change, null);
            }
        }
    }

    /** Adds that rows are inserted after the changes that may free a value of a generated column. */
    private void addWaits() {
        for (var wait : changes) {
            if (wait.kind() != Kind.WAIT) {
                continue;
            }
            for (var row : byTable.getOrDefault(wait.table(), List.of())) {
                if (row.kind() == Kind.INSERT) {
                    add(wait, row, null);
                } else if (row.canClearBefore()) {
                    add(row, wait, new Split(Way.WAIVE, wait, Set.of()));
                }
            }
        }
    }

    // --- unique keys ------------------------------------------------------------------------------------------------

    private void addUnique(UniqueKey<?> key) {
        var values = values(key.getTable(), key.getFields());
        if (values.freed.isEmpty()) {
            return;
        }
        values.taken().forEach((value, takers) -> {
            for (var first : values.freed(value)) {
                for (var second : takers) {
                    if (!first.isOrFollows(second)) {
                        var sharesStatement = first.kind() == Kind.UPDATE && second.kind() == Kind.UPDATE;
                        found.add(new Dependency(first, second, sharesStatement, clearing(first, key)));
                    }
                }
            }
        });
    }

    /** Returns how a row can give up a unique value before its own change. */
    private @Nullable Split clearing(Change change, UniqueKey<?> key) {
        if (!change.canClearBefore()) {
            return null;
        }
        var nullable = nullable(change.table(), key.getFields());
        for (var field : key.getFields()) {
            // rows that follow the column would lose their reference, and this row the one that it follows
            if (nullable.contains(field) && !isReferenced(field, change.table()) && !isFollowing(change, field)) {
                return new Split(Way.CLEAR, change, Set.of(field));
            }
        }
        for (var field : key.getFields()) {
            if (Placeholder.isPossible(field)) {
                return new Split(Way.PLACEHOLDER, change, Set.of(field));
            }
        }
        return null;
    }

    /** Returns whether a column of a row refers to a row that another change deletes, or gives another key. */
    private boolean isFollowing(Change change, Field<?> field) {
        for (var reference : change.table().getReferences()) {
            if (reference.getFields().contains(field)) {
                var value = before(change, reference.getFields());
                var referenced = values(reference.getKey().getTable(), reference.getKeyFields());
                if (value != null && !referenced.freed(value).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    // --- foreign keys -----------------------------------------------------------------------------------------------

    private void addReferences(ForeignKey<?, ?> key) {
        var referenced = key.getKey().getTable();
        if (!byTable.containsKey(referenced)) {
            return;
        }
        var values = values(referenced, key.getKeyFields());
        for (var change : byTable.getOrDefault(key.getTable(), List.of())) {
            addNewReference(change, key, values);
            addOldReference(change, key, values);
        }
    }

    /** Adds that a row that is referenced from now on comes before the row that references it. */
    private void addNewReference(Change change, ForeignKey<?, ?> key, Values values) {
        var target = change.references().get(key);
        if (target != null) {
            for (var first : byRecord.getOrDefault(target, List.of())) {
                if (first.kind() == Kind.DELETE) {
                    add(change, first, null); // then the foreign key's rule decides
                } else if (first.kind() == Kind.INSERT
                        || first.kind() == Kind.REPLACE
                        || first.writesAny(key.getKeyFields())) {
                    addReference(first, change, key);
                }
            }
            return;
        }
        if (!change.writesAny(key.getFields())) {
            return;
        }
        var value = after(change, key.getFields());
        if (value == null) {
            return;
        }
        var providers = values.taken().get(value);
        if (providers != null) {
            providers.forEach(first -> addReference(first, change, key));
            return;
        }
        for (var second : values.freed(value)) {
            if (second != change) {
                add(change, second, null); // then the foreign key's rule decides
            }
        }
    }

    private void addReference(Change first, Change second, ForeignKey<?, ?> key) {
        if (first == second && after(second, key.getFields()) != null && !isUnresolved(second, key)) {
            return; // a row may reference itself
        }
        if (!second.leftOut().containsAll(nullable(second.table(), key.getFields()))
                || second.leftOut().isEmpty()) {
            add(first, second, completing(second, key));
        }
    }

    private static boolean isUnresolved(Change change, ForeignKey<?, ?> key) {
        return key.getKeyFields().stream().anyMatch(field -> change.record().get(field) == null);
    }

    /** Returns how the reference can be written after the rest of the row. */
    private static @Nullable Split completing(Change change, ForeignKey<?, ?> key) {
        var fields = switch (change.kind()) {
            case INSERT -> nullable(change.table(), key.getFields());
            case UPDATE -> Set.<Field<?>>copyOf(key.getFields());
            default -> Set.<Field<?>>of();
        };
        if (fields.isEmpty()) {
            return null;
        }
        var isWhole = change.kind() == Kind.UPDATE
                && change.columns().stream()
                        .allMatch(i -> fields.contains(change.record().field(i)));
        return isWhole ? null : new Split(Way.COMPLETE, change, fields);
    }

    /** Adds that a row that is referenced no longer comes after the row that referenced it. */
    private void addOldReference(Change change, ForeignKey<?, ?> key, Values values) {
        if (values.freed.isEmpty() || !change.writesAny(key.getFields())) {
            return;
        }
        var value = before(change, key.getFields());
        if (value == null) {
            return;
        }
        for (var second : values.freed(value)) {
            var isDeleted = second.kind() == Kind.DELETE;
            var rule = isDeleted ? key.getDeleteRule() : key.getUpdateRule();
            if (!isDeleted && ReferentialAction.of(key, false)) {
                if (second != change && isGivenInPart(change, key) && !isTaking(second, change, key)) {
                    add(change, second, null); // else the database would change the rest of the reference
                }
                continue; // the database changes the reference by itself
            }
            var split = releasing(change, key, rule);
            if (second != change) {
                add(change, second, split);
            } else if (isDeleted && split != null && !ReferentialAction.is(rule)) {
                add(change, second, split); // InnoDB does not delete a row that references itself
            }
        }
        for (var second : values.deletedLater(value)) {
            add(change, second, releasing(change, key, key.getDeleteRule()));
        }
    }

    /** Returns whether a row keeps a part of its reference, and is given another. */
    private static boolean isGivenInPart(Change change, ForeignKey<?, ?> key) {
        return !key.getFields().stream().allMatch(change::writes);
    }

    /** Returns whether a row takes the values by which another refers from now on. */
    private static boolean isTaking(Change referenced, Change change, ForeignKey<?, ?> key) {
        var value = after(change, key.getFields());
        return value == null || value.equals(after(referenced, key.getKeyFields()));
    }

    private static @Nullable Split releasing(Change change, ForeignKey<?, ?> key, @Nullable ForeignKeyRule rule) {
        if (change.kind() == Kind.DELETE && rule == ForeignKeyRule.CASCADE) {
            return new Split(Way.SKIP, change, Set.of());
        }
        if (!change.canClearBefore()) {
            return null;
        }
        var fields = nullable(change.table(), key.getFields());
        return fields.isEmpty() ? null : new Split(Way.CLEAR, change, fields);
    }

    private static boolean isReferenced(Field<?> field, Table<?> table) {
        return table.getKeys().stream()
                .flatMap(key -> key.getReferences().stream())
                .anyMatch(key -> key.getKeyFields().contains(field));
    }

    // --- links ------------------------------------------------------------------------------------------------------

    private void addLinks(List<LinkChange> links) {
        Map<Table<?>, Change> unlink = new HashMap<>();
        Map<Table<?>, Change> link = new HashMap<>();
        for (var change : changes) {
            if (change.kind() == Kind.UNLINK) {
                unlink.put(change.table(), change);
            } else if (change.kind() == Kind.LINK) {
                link.put(change.table(), change);
            }
        }
        unlink.forEach((table, first) -> {
            var second = link.get(table);
            if (second != null) {
                add(first, second, null);
            }
            byTable.getOrDefault(table, List.of()).forEach(row -> add(row, first, null));
        });
        link.forEach((table, second) -> byTable.getOrDefault(table, List.of()).forEach(row -> add(row, second, null)));
        for (var change : links) {
            var first = unlink.get(change.path().source());
            var second = link.get(change.path().source());
            if (first != null) {
                addUnlinked(change, first);
            }
            if (second != null) {
                addLinked(change.record(), second);
                change.rows().forEach(row -> addLinked(row, second));
            }
        }
    }

    /** Adds that links of a record are deleted before rows at either end are. */
    @SuppressWarnings("ReferenceEquality") // records are compared by identity
    private void addUnlinked(LinkChange change, Change unlink) {
        for (var row : byTable.getOrDefault(change.path().end(), List.of())) {
            addUnlinked(row, unlink);
        }
        byRecord.getOrDefault(change.record(), List.of()).forEach(row -> addUnlinked(row, unlink));
        for (var row : byTable.getOrDefault(change.path().start(), List.of())) {
            if (row.replaced() == change.record()) {
                add(unlink, row, null); // while the record still tells the key of its row
            }
        }
    }

    /** Adds that links to a row are deleted before the row. */
    private void addUnlinked(Change row, Change unlink) {
        if (row.kind() == Kind.DELETE) {
            add(unlink, row, null);
        }
    }

    /** Adds that a row has its key before it is linked. */
    private void addLinked(KeyedRecord<?> row, Change link) {
        for (var change : byRecord.getOrDefault(row, List.of())) {
            if (change.kind() == Kind.INSERT
                    || change.kind() == Kind.REPLACE
                    || (change.kind() != Kind.DELETE && change.writesAny(TableMapping.keyFields(row.getTable())))) {
                add(change, link, null);
            }
        }
    }

    // --- values -----------------------------------------------------------------------------------------------------

    private Values values(Table<?> table, List<? extends TableField<?, ?>> fields) {
        return byFields.computeIfAbsent(
                List.copyOf(fields), f -> new Values(fields, byTable.getOrDefault(table, List.of())));
    }

    private static @Nullable List<Object> before(Change change, List<? extends TableField<?, ?>> fields) {
        return KeyValues.loose(fields, change::before);
    }

    private static @Nullable List<Object> after(Change change, List<? extends TableField<?, ?>> fields) {
        return KeyValues.loose(fields, change::after);
    }

    /** Returns the columns that may be NULL and are not part of the primary key. */
    private static Set<Field<?>> nullable(Table<?> table, List<? extends TableField<?, ?>> fields) {
        var key = table.getPrimaryKey();
        Set<Field<?>> nullable = new HashSet<>();
        for (var field : fields) {
            if (field.getDataType().nullable()
                    && !field.getDataType().readonly()
                    && (key == null || !key.getFields().contains(field))) {
                nullable.add(field);
            }
        }
        return nullable;
    }
}
