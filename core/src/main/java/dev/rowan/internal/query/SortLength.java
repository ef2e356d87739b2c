package dev.rowan.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.SQLDataType;

/**
 * Sets how many bytes of a text the server sorts by. By default it sorts by the first 1,024 bytes of the collation
 * weights, although it compares whole texts. The weights of a VARCHAR(255) may fill 1,024 bytes with the letters alone,
 * without case and accents. Then the order of the rows would differ from the comparisons by which keyset pagination
 * finds a page.
 */
final class SortLength {

    /** The server's default of {@code max_sort_length}, in bytes. */
    private static final int DEFAULT_LENGTH = 1_024;

    /** MariaDB's maximum: a character may expand to several, each with three weights. */
    private static final int BYTES_PER_CHARACTER = 48;

    /** The keys that the sort buffer must hold. With fewer than 15, the server refuses to sort. */
    private static final int KEYS = 32;

    /** The default of {@code sort_buffer_size}, in bytes. */
    private static final Map<SQLDialect, Integer> DEFAULT_BUFFER =
            Map.of(SQLDialect.MYSQL, 256 << 10, SQLDialect.MARIADB, 2 << 20);

    private SortLength() {}

    /**
     * Returns the beginning of a SELECT that sorts by whole values of these columns.
     *
     * @throws IllegalArgumentException if a column has no maximum length
     */
    static String select(List<Field<?>> columns, SQLDialect dialect) {
        var longest = columns.stream().mapToInt(SortLength::bytes).max().orElse(0);
        if (longest <= DEFAULT_LENGTH) {
            return "select";
        }
        var settings = new ArrayList<>(List.of("max_sort_length = " + longest));
        var buffer = KEYS * columns.stream().mapToInt(SortLength::bytes).sum();
        if (buffer > DEFAULT_BUFFER.getOrDefault(dialect, 0)) {
            settings.add("sort_buffer_size = " + buffer);
        }
        return dialect == SQLDialect.MARIADB
                ? "set statement " + String.join(", ", settings) + " for select"
                : "select /*+ set_var(" + String.join(") set_var(", settings) + ") */";
    }

    /** Returns the most bytes that the server needs to sort a value of the column; 0 if it is no text. */
    private static int bytes(Field<?> column) {
        var type = column.getDataType();
        var wire = type.getBinding().converter().fromType();
        if (wire != String.class && wire != byte[].class) {
            return 0;
        }
        var sqlType = type.getSQLDataType();
        if (type.length() == 0 || SQLDataType.CLOB.equals(sqlType) || SQLDataType.BLOB.equals(sqlType)) {
            throw new IllegalArgumentException("Rows cannot be paged by " + PageToken.shown(column)
                    + ": the server sorts a type without a maximum length, such as TEXT or BLOB, by its beginning"
                    + " only. Order by another column, or cast to a type with a length, as VARCHAR(100).");
        }
        return type.length() * (wire == String.class ? BYTES_PER_CHARACTER : 1);
    }
}
