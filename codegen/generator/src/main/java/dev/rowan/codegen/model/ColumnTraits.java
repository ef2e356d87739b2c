package dev.rowan.codegen.model;

import java.util.regex.Pattern;
import org.jooq.meta.ColumnDefinition;

/** Facts about a column that jOOQ's definition does not state. */
public final class ColumnTraits {

    private static final String VERSION = "version";
    private static final Pattern INTEGER = Pattern.compile("(?i)(tiny|small|medium|big)?int.*");

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

    /** Returns whether optimistic locking uses the column: an integer named {@code version}, in any case. */
    public static boolean isVersion(ColumnDefinition column) {
        return column.getName().equalsIgnoreCase(VERSION)
                && !column.getDefinedType().isComputed()
                && INTEGER.matcher(column.getDefinedType().getType()).matches();
    }

    private static boolean hasType(ColumnDefinition column, String type) {
        return column.getDefinedType().getType().equalsIgnoreCase(type);
    }
}
