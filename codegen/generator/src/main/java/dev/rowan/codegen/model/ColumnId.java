package dev.rowan.codegen.model;

import java.util.Locale;
import org.jooq.meta.ColumnDefinition;

/** Identifies a column by the names of its table and itself, in lower case: servers differ in the case they report. */
public record ColumnId(String table, String column) {

    public ColumnId {
        table = table.toLowerCase(Locale.ROOT);
        column = column.toLowerCase(Locale.ROOT);
    }

    public static ColumnId of(ColumnDefinition column) {
        return new ColumnId(column.getContainer().getName(), column.getName());
    }
}
