package dev.rowan.codegen.model;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;

/** Facts about a column that jOOQ's definition does not state. */
public final class ColumnTraits {

    private static final Pattern INTEGER = Pattern.compile("^([a-z]*int)(unsigned)?(\\(\\d+\\))?$");

    private ColumnTraits() {}

    /** Returns {@code table.column}, in the case of the schema. */
    public static String displayName(ColumnDefinition column) {
        return column.getContainer().getName() + "." + column.getName();
    }

    /** Returns the SQL type of a column, with its length or precision: {@code varchar(50)}, {@code int unsigned}. */
    public static String sqlType(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        String name = type.getType().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "char", "varchar", "binary", "varbinary" -> name + "(" + type.getLength() + ")";
            case "decimal" -> name + "(" + type.getPrecision() + "," + type.getScale() + ")";
            case "tinyint(1)" -> name;
            // jOOQ's name of an integer is without spaces, and has the display width of MariaDB
            default ->
                INTEGER.matcher(name)
                        .replaceFirst(match -> match.group(2) == null ? match.group(1) : match.group(1) + " unsigned");
        };
    }

    public static boolean isJson(ColumnDefinition column) {
        return hasType(column, "json");
    }

    /** Returns whether the values of the column are members of a list in its declaration. */
    public static boolean hasMembers(ColumnDefinition column) {
        return hasMembers(column.getDefinedType().getType());
    }

    /** Returns whether the values of a type are members of a list in its declaration. */
    public static boolean hasMembers(String type) {
        return type.equalsIgnoreCase("enum") || type.equalsIgnoreCase("set");
    }

    public static boolean isSet(ColumnDefinition column) {
        return hasType(column, "set");
    }

    private static boolean hasType(ColumnDefinition column, String type) {
        return column.getDefinedType().getType().equalsIgnoreCase(type);
    }
}
