package dev.rowan.codegen.model;

import java.util.Locale;
import org.jooq.meta.ColumnDefinition;

/** Identifies a column by the names of its table and itself; the latter in lower case, which servers ignore. */
public record ColumnId(String table, String column) {

    public ColumnId {
        column = column.toLowerCase(Locale.ROOT);
    }

    public static ColumnId of(ColumnDefinition column) {
        return new ColumnId(column.getContainer().getName(), column.getName());
    }
}
