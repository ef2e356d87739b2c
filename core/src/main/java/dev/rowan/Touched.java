package dev.rowan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;

/**
 * The columns that a record was given, null or not: what an insert and a patch write. A column that the database works out
 * itself is in no write.
 */
final class Touched {

    private Touched() {}

    /** Returns the positions of the touched columns: what the text of a write depends on. */
    static BitSet of(Row<?> record) {
        var touched = new BitSet(record.size());
        for (int i = 0; i < record.size(); i++) if (record.touched(i) && !isGenerated(record, i)) touched.set(i);
        return touched;
    }

    /** Returns the touched columns. */
    static List<Field<?>> fields(Row<?> record) {
        var fields = new ArrayList<Field<?>>();
        of(record).stream().forEach(i -> fields.add(field(record, i)));
        return fields;
    }

    /** Returns the values of the touched columns, in the order of the table. */
    static Binds values(Row<?> record, Mapping<?> mapping) {
        var values = new Binds();
        of(record).stream().forEach(i -> values.add(mapping.codec(i), record.get(i)));
        return values;
    }

    /** @throws IllegalArgumentException if a column has a value that the database works out itself */
    static void refuseGenerated(Row<?> record) {
        for (int i = 0; i < record.size(); i++)
            if (isGenerated(record, i) && isGiven(record, i))
                throw new IllegalArgumentException("The database works out "
                        + record.getTable().getName() + "." + field(record, i).getName()
                        + " itself. Set the columns that it is made of.");
    }

    private static boolean isGenerated(Row<?> record, int index) {
        return field(record, index).getDataType().readonly();
    }

    private static boolean isGiven(Row<?> record, int index) {
        return (record.touched(index) && record.get(index) != null)
                || record.expressions().containsKey(field(record, index));
    }

    private static Field<?> field(Row<?> record, int index) {
        return Objects.requireNonNull(record.field(index));
    }
}
