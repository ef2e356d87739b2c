package dev.rowan.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.SQLDataType;

/**
 * How far the server is to look into texts that it sorts. It compares the whole of two texts, but sorts them by the first
 * 1,024 bytes of their weights, which of a VARCHAR(255) may be no more than its letters without case and accents: rows
 * would stand elsewhere in the order than where a comparison looks for them.
 */
final class SortLength {

    private static final int BY_ITSELF = 1_024;

    /** Three weights of each of the characters that one may stand for, as MariaDB reckons them. */
    private static final int BYTES_PER_CHARACTER = 48;

    /** Less than 15 keys in the buffer, and the server does not sort at all. */
    private static final int KEYS = 32;

    /** How large the buffer is where nobody set another size. */
    private static final Map<SQLDialect, Integer> BUFFER =
            Map.of(SQLDialect.MYSQL, 256 << 10, SQLDialect.MARIADB, 2 << 20);

    private SortLength() {}

    /**
     * Returns the SELECT of a query in the order of these columns, which sorts their texts as a whole.
     *
     * @throws IllegalArgumentException if one of them has no length
     */
    static String select(List<Field<?>> columns, SQLDialect dialect) {
        var longest = columns.stream().mapToInt(SortLength::bytes).max().orElse(0);
        if (longest <= BY_ITSELF) {
            return "select";
        }
        var settings = new ArrayList<>(List.of("max_sort_length = " + longest));
        var buffer = KEYS * columns.stream().mapToInt(SortLength::bytes).sum();
        if (buffer > BUFFER.getOrDefault(dialect, 0)) {
            settings.add("sort_buffer_size = " + buffer);
        }
        return dialect == SQLDialect.MARIADB
                ? "set statement " + String.join(", ", settings) + " for select"
                : "select /*+ set_var(" + String.join(") set_var(", settings) + ") */";
    }

    /** Returns the most bytes by which a value of the column is sorted, 0 if it is no text. */
    private static int bytes(Field<?> column) {
        var type = column.getDataType();
        var wire = type.getBinding().converter().fromType();
        if (wire != String.class && wire != byte[].class) {
            return 0;
        }
        var plain = type.getSQLDataType();
        if (type.length() == 0 || SQLDataType.CLOB.equals(plain) || SQLDataType.BLOB.equals(plain)) {
            throw new IllegalArgumentException("Rows cannot be paged by " + column.getName()
                    + ": the server sorts what has no length, as TEXT and BLOB, by its beginning alone."
                    + " Order by another column.");
        }
        return type.length() * (wire == String.class ? BYTES_PER_CHARACTER : 1);
    }
}
