package dev.rowan.codegen.model;

import org.jooq.meta.ColumnDefinition;

/** Facts about a column that jOOQ's definition does not state. */
public final class ColumnTraits {

    private ColumnTraits() {}

    /** Returns {@code table.column}, in the case of the schema. */
    public static String displayName(ColumnDefinition column) {
        return column.getContainer().getName() + "." + column.getName();
    }

    public static boolean isJson(ColumnDefinition column) {
        return hasType(column, "json");
    }

    public static boolean isSet(ColumnDefinition column) {
        return hasType(column, "set");
    }

    private static boolean hasType(ColumnDefinition column, String type) {
        return column.getDefinedType().getType().equalsIgnoreCase(type);
    }
}
