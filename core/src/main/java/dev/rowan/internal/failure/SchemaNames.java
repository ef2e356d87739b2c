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
 * Finds the generated constants for the names in a server's message, by way of the tables that the statement is about, and
 * of those that were generated with them: a trigger or a cascade leads there. What is not found is made up from the name
 * alone, so that there is always an answer.
 */
public record SchemaNames(List<Table<?>> tables) {

    /** Returns the table that the statement is about, if it is about one. */
    @Nullable Table<?> target() {
        return tables.isEmpty() ? null : tables.getFirst();
    }

    /** Returns the unique key of this name, which may stand behind its table's; the primary key's is PRIMARY. */
    UniqueKey<?> uniqueKey(String said) {
        return all().<UniqueKey<?>>flatMap(table -> table.getKeys().stream())
                .filter(key -> isSaid(key, said))
                .findFirst()
                .orElseGet(() -> {
                    var dot = said.indexOf('.');
                    var target = target();
                    var table = dot >= 0 ? said.substring(0, dot) : target == null ? "" : target.getName();
                    return Internal.createUniqueKey(
                            unknown(table), DSL.name(said.substring(dot + 1)), noFields(), true);
                });
    }

    /** Returns the key by which other rows refer to the statement's. */
    ForeignKey<?, ?> incoming(ServerMessage text) {
        return foreignKey(
                text,
                tables.stream()
                        .limit(1)
                        .flatMap(table -> table.getKeys().stream())
                        .flatMap(key -> key.getReferences().stream()));
    }

    /** Returns the key by which the statement's rows refer to others. */
    ForeignKey<?, ?> outgoing(ServerMessage text) {
        return foreignKey(text, tables.stream().limit(1).flatMap(table -> table.getReferences().stream()));
    }

    /** Returns the table of a check, as the server tells it, else the statement's. */
    @Nullable Table<?> checked(ServerMessage text) {
        return text.checkedTable()
                .<Table<?>>map(name ->
                        all().filter(table -> isNamed(table, name)).findFirst().orElseGet(() -> unknown(name)))
                .orElseGet(this::target);
    }

    /** Returns the column of this name, if it holds JSON. */
    Optional<Field<?>> json(String name, @Nullable Table<?> table) {
        return Optional.ofNullable(table)
                .<Field<?>>map(found -> found.field(name))
                .filter(field -> field.getDataType().getSQLDataType() != null
                        && field.getDataType().getSQLDataType().isJSON());
    }

    /** Returns the column of this name. */
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

    /** Returns a key's name as the database knows it: jOOQ puts the table before it, as names of keys repeat in MySQL. */
    public static String constraint(Key<?> key) {
        var prefix = "KEY_" + key.getTable().getName() + "_";
        return key.getName().startsWith(prefix) ? key.getName().substring(prefix.length()) : key.getName();
    }

    /** Returns a key's columns, for a message. */
    public static String columns(Key<?> key) {
        return key.getFields().isEmpty()
                ? "key"
                : key.getFields().stream().map(Field::getName).collect(Collectors.joining(", "));
    }

    /** Where the server does not name the key, it is the only one of the candidates, or not known. */
    private ForeignKey<?, ?> foreignKey(ServerMessage text, Stream<? extends ForeignKey<?, ?>> candidates) {
        var name = text.foreignKey();
        if (name.isEmpty()) {
            var few = candidates.limit(2).toList();
            return few.size() == 1 ? few.getFirst() : unknownKey("", "");
        }
        return all().<ForeignKey<?, ?>>flatMap(table -> Stream.concat(
                        table.getReferences().stream(),
                        table.getKeys().stream().flatMap(key -> key.getReferences().stream())))
                .filter(key -> key.getName().equalsIgnoreCase(name) && isNamed(key.getTable(), text.child()))
                .findFirst()
                .orElseGet(() -> unknownKey(text.child(), name));
    }

    /** Returns the statement's tables, then those generated with them. */
    private Stream<Table<?>> all() {
        return Stream.concat(tables.stream(), tables.stream().limit(1).mapMulti((table, found) -> {
            var schema = table.getSchema();
            if (schema != null) {
                schema.getTables().forEach(found);
            }
        }));
    }

    private static boolean isSaid(UniqueKey<?> key, String said) {
        var name = constraint(key);
        return said.equalsIgnoreCase(name)
                || said.equalsIgnoreCase(key.getTable().getName() + "." + name);
    }

    private static boolean isNamed(Table<?> table, String name) {
        return table.getName().equalsIgnoreCase(name);
    }

    private static ForeignKey<?, ?> unknownKey(String child, String name) {
        var parent = Internal.createUniqueKey(unknown(""), DSL.name(""), noFields(), true);
        return Internal.createForeignKey(
                unknown(child), DSL.name(name), noFields(), parent, noFields(), true, null, null);
    }

    private static Table<Record> unknown(String name) {
        return DSL.table(DSL.name(name));
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of a generic type
    private static TableField<Record, ?>[] noFields() {
        return (TableField<Record, ?>[]) new TableField<?, ?>[0];
    }
}
