package dev.rowan;

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
 * Finds the generated constants for the names in a server's message, by way of the table that the statement is about.
 * What is not found there is made up from the name alone, so that there is always an answer.
 */
record Names(@Nullable Table<?> table) {

    /** Returns the unique key of this name; the primary key's is PRIMARY. */
    UniqueKey<?> uniqueKey(String name) {
        if (table != null) for (var key : table.getKeys()) if (constraint(key).equalsIgnoreCase(name)) return key;
        return Internal.createUniqueKey(unknownTable(), DSL.name(name), noFields(), true);
    }

    /** Returns the foreign key of this name that leads from the child table, and from or to the statement's table. */
    ForeignKey<?, ?> foreignKey(String child, String name) {
        if (table != null) {
            var incoming = table.getKeys().stream().<ForeignKey<?, ?>>flatMap(key -> key.getReferences().stream());
            var found = Stream.concat(table.getReferences().stream(), incoming)
                    .filter(key -> key.getName().equalsIgnoreCase(name)
                            && key.getTable().getName().equalsIgnoreCase(child))
                    .findFirst();
            if (found.isPresent()) return found.get();
        }
        var parent = Internal.createUniqueKey(unknownTable(), DSL.name(""), noFields(), true);
        return Internal.createForeignKey(
                DSL.table(DSL.name(child)), DSL.name(name), noFields(), parent, noFields(), true, null, null);
    }

    boolean isColumn(String name) {
        return table != null && table.field(name) != null;
    }

    /** Returns the column of this name. */
    Field<?> field(String name) {
        var field = table == null ? null : table.field(name);
        return field != null ? field : DSL.field(DSL.name(name));
    }

    /** Returns a key's name as the database knows it: jOOQ puts the table before it, as names of keys repeat in MySQL. */
    static String constraint(Key<?> key) {
        var prefix = "KEY_" + key.getTable().getName() + "_";
        return key.getName().startsWith(prefix) ? key.getName().substring(prefix.length()) : key.getName();
    }

    /** Returns a key's columns, for a message. */
    static String columns(Key<?> key) {
        return key.getFields().isEmpty()
                ? "key"
                : key.getFields().stream().map(Field::getName).collect(Collectors.joining(", "));
    }

    private Table<Record> unknownTable() {
        return DSL.table(DSL.name(table == null ? "" : table.getName()));
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of a generic type
    private static TableField<Record, ?>[] noFields() {
        return (TableField<Record, ?>[]) new TableField<?, ?>[0];
    }
}
