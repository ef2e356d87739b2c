package dev.rowan.internal.util;

import org.jooq.Field;
import org.jooq.Key;
import org.jooq.Table;
import org.jooq.TableField;

/** How messages name tables and fields. */
public final class FieldNames {

    private FieldNames() {}

    /** Returns what a message may show of a field, such as {@code users.name}; an expression may hold values. */
    public static String shown(Field<?> field) {
        if (!(field instanceof TableField<?, ?> column)) {
            return "an expression";
        }
        var table = column.getTable();
        return table == null ? column.getName() : unaliased(table).getName() + "." + column.getName();
    }

    /** Returns the table behind an alias: keys and references of a generated table are those of the table itself. */
    public static Table<?> unaliased(Table<?> table) {
        return table.getKeys().stream().<Table<?>>map(Key::getTable).findFirst().orElse(table);
    }
}
