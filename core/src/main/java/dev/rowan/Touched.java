package dev.rowan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jooq.Field;

/** The columns that a record was given, null or not: what an insert and a patch write. */
final class Touched {

    private Touched() {}

    /** Returns the positions of the touched columns: what the text of a write depends on. */
    static BitSet of(Row<?> record) {
        var touched = new BitSet(record.size());
        for (int i = 0; i < record.size(); i++) if (record.touched(i)) touched.set(i);
        return touched;
    }

    /** Returns the touched columns. */
    static List<Field<?>> fields(Row<?> record) {
        var fields = new ArrayList<Field<?>>();
        for (int i = 0; i < record.size(); i++) if (record.touched(i)) fields.add(record.field(i));
        return fields;
    }

    /** Returns the values of the touched columns, in the order of the table. */
    static Binds values(Row<?> record, Mapping<?> mapping) {
        var values = new Binds();
        for (int i = 0; i < record.size(); i++) if (record.touched(i)) values.add(mapping.codec(i), record.get(i));
        return values;
    }

    /** @throws IllegalArgumentException if a column is set that the database works out itself */
    static void refuseGenerated(Row<?> record) {
        for (int i = 0; i < record.size(); i++) {
            var field = record.field(i);
            if (record.touched(i) && field != null && field.getDataType().readonly())
                throw new IllegalArgumentException(
                        "The database works out " + record.getTable().getName() + "." + field.getName()
                                + " itself. Set the columns that it is made of.");
        }
    }
}
