package dev.rowan.internal.util;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of a TINYINT(1) as booleans: only 1 is true, as in a condition, where 5 does not equal true. */
public final class BooleanNumbers {

    private BooleanNumbers() {}

    /**
     * Reads the column at the index, which counts from 1.
     *
     * @return null for NULL
     * @throws UnreadableValueException if the number is neither 0 nor 1
     */
    @SuppressWarnings("NullableBoolean") // the value of a column
    public static @Nullable Boolean read(ResultSet rows, int index) throws SQLException {
        var number = rows.getInt(index);
        if (number == 0) {
            return rows.wasNull() ? null : Boolean.FALSE;
        }
        if (number == 1) {
            return Boolean.TRUE;
        }
        throw new UnreadableValueException(
                "the number in the row is neither 0 nor 1, and therefore no boolean."
                        + " Fix the row, or read the column as a number: <types><type>table.column = java.lang.Byte</type></types>.");
    }
}
