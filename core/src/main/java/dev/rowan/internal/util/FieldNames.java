package dev.rowan.internal.util;

import org.jooq.Field;
import org.jooq.Key;
import org.jooq.Table;
import org.jooq.TableField;

/** Names tables and fields in messages. */
public final class FieldNames {

    private FieldNames() {}

    /**
     * Returns the name of a field for a message, such as {@code users.name}. An expression, which may contain values,
     * has none.
     */
    public static String shown(Field<?> field) {
        if (!(field instanceof TableField<?, ?> column)) {
            return "an expression";
        }
        var table = column.getTable();
        return table == null ? column.getName() : unaliased(table).getName() + "." + column.getName();
    }

    /** Returns the table of an alias: the keys of an alias belong to the table itself. */
    public static Table<?> unaliased(Table<?> table) {
        return table.getKeys().stream().<Table<?>>map(Key::getTable).findFirst().orElse(table);
    }
}
