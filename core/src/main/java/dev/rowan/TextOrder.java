package dev.rowan;

import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * How far the server is to look into texts that it sorts. It compares the whole of two texts, but sorts them by the first
 * 1,024 bytes of their weights, which of a VARCHAR(255) may be no more than its letters without case and accents: rows
 * would stand elsewhere in the order than where a comparison looks for them.
 */
final class TextOrder {

    private static final int BY_ITSELF = 1_024;

    /** Three weights of each of the characters that one may stand for, as MariaDB reckons them. */
    private static final int BYTES_PER_CHARACTER = 48;

    /** Less than 15 keys in the buffer, and the server does not sort at all; more is MariaDB's default. */
    private static final int KEYS = 32;

    private static final int BUFFER = 2 << 20;

    private TextOrder() {}

    /**
     * Returns the SELECT of a query in the order of these columns, which sorts their texts as a whole.
     *
     * @throws IllegalArgumentException if one of them has no length
     */
    static String select(List<Field<?>> columns) {
        var longest = columns.stream().mapToInt(TextOrder::bytes).max().orElse(0);
        if (longest <= BY_ITSELF) return "select";
        var all = columns.stream().mapToInt(TextOrder::bytes).sum();
        var length = "max_sort_length = " + longest;
        var buffer = "sort_buffer_size = " + Math.max(BUFFER, all * KEYS);
        return "/*M! set statement " + length + ", " + buffer + " for */" + " select /*+ set_var(" + length
                + ") set_var(" + buffer + ") */";
    }

    /** Returns the most bytes by which a value of the column is sorted, 0 if it is no text. */
    private static int bytes(Field<?> column) {
        var type = column.getDataType();
        var wire = type.getBinding().converter().fromType();
        if (wire != String.class && wire != byte[].class) return 0;
        var plain = type.getSQLDataType();
        if (type.length() == 0 || SQLDataType.CLOB.equals(plain) || SQLDataType.BLOB.equals(plain))
            throw new IllegalArgumentException("Rows cannot be paged by " + column.getName()
                    + ": the server sorts what has no length, as TEXT and BLOB, by its beginning alone."
                    + " Order by another column.");
        return type.length() * (wire == String.class ? BYTES_PER_CHARACTER : 1);
    }
}
