package dev.rowan.internal.failure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Key;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the generated constants for the names in a server's message: among the tables of the statement, and then among
 * all tables of their schema, which a trigger or a cascade may reach. For an unknown name it returns a key, table or
 * field with nothing but that name.
 *
 * @param tables the tables of the statement, its target first
 */
public record SchemaNames(List<Table<?>> tables) {

    /** Returns the table that the statement writes or reads; null if there is none. */
    @Nullable Table<?> target() {
        return tables.isEmpty() ? null : tables.getFirst();
    }

    /**
     * Returns the unique key of a name.
     *
     * @param name the key's name, with or without its table and a dot before it; PRIMARY for the primary key
     */
    UniqueKey<?> uniqueKey(String name) {
        return tablesOfSchema()
                .<UniqueKey<?>>flatMap(table -> table.getKeys().stream())
                .filter(key -> hasName(key, name))
                .findFirst()
                .orElseGet(() -> unknownUniqueKey(name));
    }

    private UniqueKey<?> unknownUniqueKey(String name) {
        var dot = name.indexOf('.');
        var target = target();
        var table = dot >= 0 ? name.substring(0, dot) : target == null ? "" : target.getName();
        return Internal.createUniqueKey(unknownTable(table), DSL.name(name.substring(dot + 1)), noFields(), true);
    }

    /** Returns the foreign key with which other rows reference the target's. */
    ForeignKey<?, ?> referencingKey(ServerMessage text) {
        return foreignKey(
                text,
                tables.stream()
                        .limit(1)
                        .flatMap(table -> table.getKeys().stream())
                        .flatMap(key -> key.getReferences().stream()));
    }

    /** Returns the foreign key with which the target's rows reference others. */
    ForeignKey<?, ?> foreignKey(ServerMessage text) {
        return foreignKey(text, tables.stream().limit(1).flatMap(table -> table.getReferences().stream()));
    }

    /** Returns the table of a check constraint: the one that the server reports, or else the target. */
    @Nullable Table<?> tableOfCheck(ServerMessage text) {
        return text.tableOfCheck().<Table<?>>map(this::table).orElseGet(this::target);
    }

    private Table<?> table(String name) {
        return tablesOfSchema()
                .filter(table -> isNamed(table, name))
                .findFirst()
                .orElseGet(() -> unknownTable(name));
    }

    /** Returns the JSON column of this name; empty if there is none. */
    Optional<Field<?>> jsonColumn(String name, @Nullable Table<?> table) {
        return Optional.ofNullable(table)
                .<Field<?>>map(found -> found.field(name))
                .filter(field -> field.getDataType().getSQLDataType() != null
                        && field.getDataType().getSQLDataType().isJSON());
    }

    /** Returns the column of this name in one of the statement's tables. */
    Field<?> field(String name) {
        return tables.stream()
                .<Field<?>>mapMulti((table, found) -> {
                    var field = table.field(name);
                    if (field != null) {
                        found.accept(field);
                    }
                })
                .findFirst()
                .orElseGet(() -> DSL.field(DSL.name(name)));
    }

    /** Returns a key's name in the database. jOOQ puts the table before it, as the names of MySQL's keys repeat. */
    public static String keyName(Key<?> key) {
        var prefix = "KEY_" + key.getTable().getName() + "_";
        return key.getName().startsWith(prefix) ? key.getName().substring(prefix.length()) : key.getName();
    }

    /** Returns the names of a key's columns, for a message. */
    public static String columnNames(Key<?> key) {
        return key.getFields().isEmpty()
                ? "key"
                : key.getFields().stream().map(Field::getName).collect(Collectors.joining(", "));
    }

    /** Returns the key that the message names. If it names none, the key is the only candidate, or unknown. */
    private ForeignKey<?, ?> foreignKey(ServerMessage text, Stream<? extends ForeignKey<?, ?>> candidates) {
        var name = text.foreignKey();
        if (name.isEmpty()) {
            var few = candidates.limit(2).toList();
            return few.size() == 1 ? few.getFirst() : unknownForeignKey("", "");
        }
        return tablesOfSchema()
                .<ForeignKey<?, ?>>flatMap(table -> Stream.concat(
                        table.getReferences().stream(),
                        table.getKeys().stream().flatMap(key -> key.getReferences().stream())))
                .filter(key -> key.getName().equalsIgnoreCase(name) && isNamed(key.getTable(), text.foreignKeyTable()))
                .findFirst()
                .orElseGet(() -> unknownForeignKey(text.foreignKeyTable(), name));
    }

    /** Returns the statement's tables, then all tables of the target's schema. */
    private Stream<Table<?>> tablesOfSchema() {
        return Stream.concat(tables.stream(), tables.stream().limit(1).mapMulti((table, found) -> {
            var schema = table.getSchema();
            if (schema != null) {
                schema.getTables().forEach(found);
            }
        }));
    }

    private static boolean hasName(UniqueKey<?> key, String name) {
        var keyName = keyName(key);
        return name.equalsIgnoreCase(keyName)
                || name.equalsIgnoreCase(key.getTable().getName() + "." + keyName);
    }

    private static boolean isNamed(Table<?> table, String name) {
        return table.getName().equalsIgnoreCase(name);
    }

    private static ForeignKey<?, ?> unknownForeignKey(String table, String name) {
        var referenced = Internal.createUniqueKey(unknownTable(""), DSL.name(""), noFields(), true);
        return Internal.createForeignKey(
                unknownTable(table), DSL.name(name), noFields(), referenced, noFields(), true, null, null);
    }

    private static Table<Record> unknownTable(String name) {
        return DSL.table(DSL.name(name));
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of a generic type
    private static TableField<Record, ?>[] noFields() {
        return (TableField<Record, ?>[]) new TableField<?, ?>[0];
    }
}
