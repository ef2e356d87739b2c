package dev.rowan.internal.check;

import static dev.rowan.internal.check.KeyDefinition.quoted;

import dev.rowan.internal.check.LiveSchema.LiveColumn;
import dev.rowan.internal.check.LiveSchema.LiveTable;
import dev.rowan.internal.failure.ColumnDeclaration;
import dev.rowan.record.DeclaredTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;

/** Compares generated classes with a live schema, and lists the differences that keep them from working with it. */
public final class SchemaCheck {

    private static final String GENERATE = "Generate the sources again.";

    private final Map<String, Table<?>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final DSLContext dsl;
    private final LiveSchema live;
    private final List<String> differences = new ArrayList<>();

    /**
     * Creates the check of a generated schema.
     *
     * @param dsl maps the tables to their names in statements
     */
    public SchemaCheck(Schema schema, DSLContext dsl, LiveSchema live) {
        this.dsl = dsl;
        this.live = live;
        for (var table : schema.getTables()) {
            tables.put(nameOf(table), table);
        }
    }

    /** Checks that Rowan generated the classes. @throws IllegalArgumentException if it did not */
    public static void requireGenerated(Schema schema) {
        if (schema.getTables().isEmpty()) {
            throw new IllegalArgumentException("The schema " + schema.getName()
                    + " has no tables to compare. Pass the generated one, DefaultSchema.DEFAULT_SCHEMA.");
        }
        for (var table : schema.getTables()) {
            if (!(table instanceof DeclaredTable)) {
                throw new IllegalArgumentException("The class of table " + table.getName()
                        + " lacks the declarations of its columns. Generate the sources again with this version of"
                        + " Rowan.");
            }
        }
    }

    /** Returns the differences, table by table; each has its place and its fix. */
    public List<String> differences() {
        if (tables.keySet().stream().noneMatch(live.tables()::containsKey)) {
            add(
                    live.name() + " has no table or view of the classes, or this user may not read any of them",
                    "Set the database in the URL, or run the migration, or grant SELECT on them.");
        } else {
            tables.forEach(this::compare);
        }
        return differences;
    }

    private String nameOf(Table<?> table) {
        var mapped = dsl.map(table);
        return mapped == null ? table.getName() : mapped.getName();
    }

    private void compare(String name, Table<?> table) {
        var isView = table.getTableType() == TableType.VIEW;
        var found = live.tables().get(name);
        if (found == null) {
            add(
                    name + " is missing, or this user may not read it",
                    "Apply the changesets that create it, or grant SELECT on it.");
        } else if (found.isView() != isView) {
            add(
                    name + (isView ? " is a table, not a view" : " is a view, not a table"),
                    "Create it again as it was, or generate the sources again.");
        } else {
            compareColumns(found, table);
            if (isView) {
                return;
            }
            compareKeys(
                    found,
                    found.keys(),
                    table.getKeys().stream().map(KeyDefinition::of).toList());
            compareKeys(
                    found,
                    found.references(),
                    table.getReferences().stream()
                            .map(key ->
                                    KeyDefinition.of(key, nameOf(key.getKey().getTable())))
                            .toList());
        }
    }

    private void compareColumns(LiveTable found, Table<?> table) {
        var declared = declared(table);
        var unknown = new ArrayList<LiveColumn>();
        for (var column : found.columns().values()) {
            if (declared.keySet().stream().noneMatch(column.name()::equalsIgnoreCase)) {
                unknown.add(column);
            }
        }
        int position = 0;
        for (var entry : declared.entrySet()) {
            position++;
            var column = found.columns().get(entry.getKey());
            if (column == null) {
                addMissing(found, entry.getKey(), position, entry.getValue(), unknown);
            } else {
                compareColumn(found, column, entry.getValue());
            }
        }
        if (found.isView()) {
            return;
        }
        for (var column : unknown) {
            if (!column.declaration().canBeLeftOut()) {
                add(
                        at(found, column.name())
                                + " is NOT NULL without a default, and the classes do not know it, so that"
                                + " inserts fail",
                        alter(found, "ALTER " + quoted(column.name()) + " SET DEFAULT …"));
            }
        }
    }

    private static Map<String, ColumnDeclaration> declared(Table<?> table) {
        var declarations = ((DeclaredTable) table).declarations();
        var columns = new LinkedHashMap<String, ColumnDeclaration>();
        for (int i = 0; i < declarations.size(); i++) {
            var name = table.fields()[i].getName();
            columns.put(name, ColumnDeclaration.of(declarations.get(i).substring(name.length() + 1)));
        }
        return columns;
    }

    private void compareColumn(LiveTable found, LiveColumn column, ColumnDeclaration declared) {
        var actual =
                declared.isJson() && live.mayHideJson() ? column.declaration().asJson() : column.declaration();
        var differences = found.isView() ? declared.differencesInView(actual) : declared.differences(actual);
        if (differences.isEmpty()) {
            return;
        }
        add(
                at(found, column.name()) + " " + String.join("; it ", differences),
                found.isView()
                        ? "Create the view again as it was, or generate the sources again."
                        : alter(found, "MODIFY " + quoted(column.name()) + " " + declared.sql()));
    }

    /** Adds a missing column, and removes from the unknown columns the one that it may have been renamed to. */
    private void addMissing(
            LiveTable found, String name, int position, ColumnDeclaration declared, List<LiveColumn> unknown) {
        var equal = unknown.stream()
                .filter(column -> column.declaration().equals(declared))
                .toList();
        var renamed = equal.stream()
                .filter(column -> column.position() == position)
                .findFirst()
                .or(() -> equal.size() == 1 ? Optional.of(equal.get(0)) : Optional.empty());
        renamed.ifPresent(unknown::remove);
        if (found.isView()) {
            add(at(found, name) + " is missing", "Create the view again with it, or generate the sources again.");
        } else if (renamed.isPresent()) {
            add(
                    at(found, name) + " is missing, unless it was renamed to "
                            + renamed.get().name(),
                    alter(found, "RENAME COLUMN " + quoted(renamed.get().name()) + " TO " + quoted(name)));
        } else {
            add(
                    at(found, name) + " is missing, or this user may not read it",
                    alter(found, "ADD " + quoted(name) + " " + declared.sql()));
        }
    }

    private void compareKeys(LiveTable found, Map<String, KeyDefinition> liveKeys, List<KeyDefinition> keys) {
        var unknown = new ArrayList<>(liveKeys.values());
        for (var key : keys) {
            unknown.remove(liveKeys.get(key.name()));
        }
        for (var key : keys) {
            var same = liveKeys.get(key.name());
            if (same == null) {
                addMissing(found, key, unknown);
            } else if (!key.isLike(same)) {
                add(
                        found.name() + " has a " + same.words() + ", not a " + key.words(),
                        alter(found, same.drop())
                                // MySQL does not add a foreign key in the statement that drops one of the same name
                                + (key.isForeign() ? "; " + alter(found, key.add()) : ", " + key.add()));
            }
        }
        for (var key : unknown) {
            if (canBeKnown(key)) {
                add(
                        found.name() + " has a " + key.words()
                                + " that the classes do not know, so that its violations have no constant",
                        GENERATE);
            }
        }
    }

    /** Adds a missing key, and removes from the unknown keys the one that it was renamed to. */
    private void addMissing(LiveTable found, KeyDefinition key, List<KeyDefinition> unknown) {
        var renamed = unknown.stream().filter(key::isLike).findFirst();
        renamed.ifPresent(unknown::remove);
        if (renamed.isPresent()) {
            add(
                    found.name() + " has its " + key.words() + " under the name "
                            + renamed.get().name() + ", so that no constant matches its violations",
                    alter(found, renamed.get().rename(key)));
        } else {
            add(found.name() + " has no " + key.words(), alter(found, key.add()));
        }
    }

    /**
     * Returns whether the classes would have a live key: a foreign key, only if they have the key that it references.
     */
    private boolean canBeKnown(KeyDefinition key) {
        if (!key.isForeign()) {
            return true;
        }
        var target = tables.get(key.target());
        return target != null
                && target.getKeys().stream().map(KeyDefinition::of).anyMatch(known -> known.isOn(key.targetColumns()));
    }

    private static String at(LiveTable table, String column) {
        return table.name() + "." + column;
    }

    private static String alter(LiveTable table, String change) {
        return "ALTER TABLE " + quoted(table.name()) + " " + change;
    }

    private void add(String what, String hint) {
        differences.add(what + ". " + hint);
    }
}
