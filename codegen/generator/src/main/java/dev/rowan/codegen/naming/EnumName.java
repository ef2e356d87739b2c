package dev.rowan.codegen.naming;

import java.util.List;
import org.jooq.meta.EnumDefinition;

/** The name by which jOOQ finds the enum of a column: no two columns have the same. */
public final class EnumName {

    /** No name in MySQL contains it. */
    private static final String SEPARATOR = "\0";

    private EnumName() {}

    public static String of(String table, String column) {
        return table + SEPARATOR + column;
    }

    /** Returns the names of the table and the column. */
    static List<String> pathOf(EnumDefinition definition) {
        return List.of(definition.getName().split(SEPARATOR, 2));
    }
}
