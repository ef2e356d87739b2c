package dev.rowan.internal.statement;

import dev.rowan.internal.util.FieldNames;
import dev.rowan.type.BitsBinding;
import dev.rowan.type.DurationBinding;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a multiset of columns that jOOQ cannot read. It receives a multiset as JSON, and reads a value as null if its
 * text is not one of jOOQ's own type, as with a TIME of more than a day, and with bits.
 */
final class MultisetCheck {

    private MultisetCheck() {}

    /** Checks a statement. @throws IllegalArgumentException if a multiset in it has such a column */
    static void require(@Nullable Query query) {
        if (query instanceof ResultQuery<?> select) {
            for (var field : select.fields()) {
                requireReadable(field, false);
            }
        }
    }

    private static void requireReadable(Field<?> field, boolean isNested) {
        var type = field.getDataType();
        if (isNested && (isTime(type) || isBits(type))) {
            throw new IllegalArgumentException("A multiset cannot hold " + FieldNames.shown(field)
                    + ": jOOQ reads it from JSON, and would return null for values of this type. Select "
                    + (isTime(type)
                            ? "its text, as field.cast(SQLDataType.VARCHAR(20)),"
                            : "its number, as field.cast(SQLDataType.BIGINTUNSIGNED),")
                    + " in its place, or read the rows by a repository, with(relation).");
        }
        var row = type.getRow();
        if (row != null) {
            for (var nested : row.fields()) {
                requireReadable(nested, isNested || type.isMultiset());
            }
        }
    }

    private static boolean isTime(DataType<?> type) {
        return type.getBinding() instanceof DurationBinding;
    }

    private static boolean isBits(DataType<?> type) {
        return type.getBinding() instanceof BitsBinding;
    }
}
