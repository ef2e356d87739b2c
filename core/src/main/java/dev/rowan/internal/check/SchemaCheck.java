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

/** Compares generated classes with a live schema, and lists what keeps them from working on it. */
public final class SchemaCheck {

    private static final String GENERATE = "Generate the sources again.";

    private final Map<String, Table<?>> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final DSLContext dsl;
    private final LiveSchema live;
    private final List<String> differences = new ArrayList<>();

    /**
     * Compares the schema with the live one.
     *
     * @param dsl gives the tables the names that statements have them by
     */
    public SchemaCheck(Schema schema, DSLContext dsl, LiveSchema live) {
        this.dsl = dsl;
        this.live = live;
        for (var table : schema.getTables()) {
            tables.put(nameOf(table), table);
        }
    }

    /** Refuses classes that are not Rowan's, before the server is asked. */
    public static void requireGenerated(Schema schema) {
        if (schema.getTables().isEmpty()) {
            throw new IllegalArgumentException("The schema " + schema.getName()
                    + " has no tables to compare with. Give the generated one, DefaultSchema.DEFAULT_SCHEMA.");
        }
        for (var table : schema.getTables()) {
            if (!(table instanceof DeclaredTable)) {
                throw new IllegalArgumentException("The class of the table " + table.getName()
                        + " does not say how its columns were declared. Generate the sources again, with this Rowan.");
            }
        }
    }

    /** Returns the differences, table by table; each says where, what, and the mend. */
    public List<String> differences() {
        if (tables.keySet().stream().noneMatch(live.tables()::containsKey)) {
            add(
                    live.name() + " has no table or view of the classes, or this user may read none of them",
                    "Name the database that has them, or run the migration, or grant SELECT on them.");
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
                    "Apply the changesets that make it, or grant SELECT on it.");
        } else if (found.isView() != isView) {
            add(
                    name + (isView ? " is a table, not a view" : " is a view, not a table"),
                    "Make it again as it was, or generate the sources again.");
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
                        ? "Make the view again as it was, or generate the sources again."
                        : alter(found, "MODIFY " + quoted(column.name()) + " " + declared.sql()));
    }

    /** Says that a column is missing; takes what it may now be called out of the unknown columns. */
    private void addMissing(
            LiveTable found, String name, int position, ColumnDeclaration declared, List<LiveColumn> unknown) {
        var alike = unknown.stream()
                .filter(column -> column.declaration().equals(declared))
                .toList();
        var renamed = alike.stream()
                .filter(column -> column.position() == position)
                .findFirst()
                .or(() -> alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty());
        renamed.ifPresent(unknown::remove);
        if (found.isView()) {
            add(at(found, name) + " is missing", "Make the view again with it, or generate the sources again.");
        } else if (renamed.isPresent()) {
            add(
                    at(found, name) + " is missing, unless it is now called "
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
                                // MySQL does not take a new foreign key by the name of one that goes with the same
                                // statement
                                + (key.isForeign() ? "; " + alter(found, key.add()) : ", " + key.add()));
            }
        }
        for (var key : unknown) {
            if (canBeKnown(key)) {
                add(
                        found.name() + " has a " + key.words()
                                + " that the classes do not know, so that its violations have" + " no constant",
                        GENERATE);
            }
        }
    }

    /** Says that a key is missing; takes what it may now be called out of the unknown keys. */
    private void addMissing(LiveTable found, KeyDefinition key, List<KeyDefinition> unknown) {
        var renamed = unknown.stream().filter(key::isLike).findFirst();
        renamed.ifPresent(unknown::remove);
        if (renamed.isPresent()) {
            add(
                    found.name() + " has its " + key.words() + " by the name of "
                            + renamed.get().name() + ", so that its violations are not told by their constant",
                    alter(found, renamed.get().rename(key)));
        } else {
            add(found.name() + " has no " + key.words(), alter(found, key.add()));
        }
    }

    /** Says whether the classes would know a live key: a foreign key they do, if they know what it refers to. */
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
