package dev.rowan.internal.table;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jooq.Field;

/**
 * The columns of a record that a write takes, by position: those that it was given, null or not (an insert, a patch),
 * or of those the ones that differ from what is stored (the update of a record). A column that the database works out
 * itself is in no write.
 */
public final class WriteColumns {

    private WriteColumns() {}

    /** Returns the positions of the touched columns: what the text of a write depends on. */
    public static BitSet of(KeyedRecord<?> record, TableMapping<?> mapping) {
        return columns(record, record::touched, mapping);
    }

    /** Returns the positions of the touched columns whose value is another than the one read or written before. */
    static BitSet modified(KeyedRecord<?> record, TableMapping<?> mapping) {
        return columns(record, record::modified, mapping);
    }

    /** Returns the columns at these positions. */
    public static List<Field<?>> fields(KeyedRecord<?> record, BitSet columns) {
        var fields = new ArrayList<Field<?>>();
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            fields.add(field(record, i));
        }
        return fields;
    }

    /** Returns the values of the columns at these positions, in the order of the table. */
    public static BindValues values(KeyedRecord<?> record, BitSet columns, TableMapping<?> mapping) {
        var values = new BindValues();
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            values.add(mapping.codec(i), record.get(i));
        }
        return values;
    }

    /**
     * Makes sure that a record can be inserted.
     *
     * @throws IllegalArgumentException if a column was given an expression, or a value that the database works out
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    public static void requireValues(KeyedRecord<?> record, String write, TableMapping<?> mapping) {
        refuseGenerated(record, mapping);
        if (!RecordAccess.expressions(record).isEmpty()) {
            throw new IllegalArgumentException(
                    "An " + write + " takes values. Write expressions by an update, or by dsl().");
        }
        mapping.requireFit(record, of(record, mapping));
        refuseZero(record, mapping.identityIndex());
    }

    private static void refuseZero(KeyedRecord<?> record, int identity) {
        if (identity >= 0
                && record.touched(identity)
                && record.get(identity) instanceof Number id
                && id.longValue() == 0) {
            throw ValueCheck.invalidValue(
                    field(record, identity),
                    "is 0, in place of which the server takes the next number. Leave it unset for that.");
        }
    }

    /** @throws IllegalArgumentException if a column was given a value that the database works out itself */
    static void refuseGenerated(KeyedRecord<?> record, TableMapping<?> mapping) {
        refuseGenerated(record, record::touched, mapping);
    }

    /** @throws IllegalArgumentException if a column was given another value than the one the database worked out */
    static void refuseGeneratedModified(KeyedRecord<?> record, TableMapping<?> mapping) {
        refuseGenerated(record, record::modified, mapping);
    }

    private static BitSet columns(KeyedRecord<?> record, IntPredicate written, TableMapping<?> mapping) {
        var columns = new BitSet(record.size());
        for (int i = 0; i < record.size(); i++) {
            if (written.test(i)) {
                columns.set(i);
            }
        }
        columns.andNot(mapping.generated());
        return columns;
    }

    private static void refuseGenerated(KeyedRecord<?> record, IntPredicate written, TableMapping<?> mapping) {
        var generated = mapping.generated();
        for (int i = generated.nextSetBit(0); i >= 0; i = generated.nextSetBit(i + 1)) {
            if (isGiven(record, i, written)) {
                throw new IllegalArgumentException("The database works out "
                        + record.getTable().getName() + "." + field(record, i).getName()
                        + " itself. Set the columns that it is made of.");
            }
        }
    }

    private static boolean isGiven(KeyedRecord<?> record, int index, IntPredicate written) {
        return (written.test(index) && record.get(index) != null)
                || RecordAccess.expressions(record).containsKey(field(record, index));
    }

    private static Field<?> field(KeyedRecord<?> record, int index) {
        return Objects.requireNonNull(record.field(index));
    }
}
