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
 * The columns of a record that a write includes, by position: an insert or a patch includes the touched columns,
 * whether null or not; the update of a record includes the modified ones. Generated columns are never included.
 */
public final class WriteColumns {

    private WriteColumns() {}

    /** Returns the positions of the touched columns, in a new set. The SQL of a write depends on these. */
    public static BitSet of(KeyedRecord<?> record, TableMapping<?> mapping) {
        return columns(record, record::touched, mapping);
    }

    /** Returns the positions of the columns whose value differs from the stored one, in a new set. */
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
     * Checks that the values of a record can be inserted.
     *
     * @param write the name of the write, for the message
     * @throws IllegalArgumentException if a column was set to an expression, or a generated column was set
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public static void requireInsertable(KeyedRecord<?> record, String write, TableMapping<?> mapping) {
        refuseGenerated(record, mapping);
        if (!RecordAccess.expressions(record).isEmpty()) {
            throw new IllegalArgumentException(
                    "An " + write + " takes values only. Write expressions with an update, or with dsl().");
        }
        mapping.requireValidValues(record, of(record, mapping));
        refuseZero(record, mapping.identityIndex());
    }

    private static void refuseZero(KeyedRecord<?> record, int identity) {
        if (identity >= 0
                && record.touched(identity)
                && record.get(identity) instanceof Number id
                && id.longValue() == 0) {
            throw ValueCheck.invalidValue(
                    field(record, identity),
                    "is 0, which MySQL replaces with a generated id. Leave the column unset to get one.");
        }
    }

    /** @throws IllegalArgumentException if a generated column was set */
    static void refuseGenerated(KeyedRecord<?> record, TableMapping<?> mapping) {
        refuseGenerated(record, record::touched, mapping);
    }

    /** @throws IllegalArgumentException if a generated column was set to another value than the stored one */
    static void refuseGeneratedModified(KeyedRecord<?> record, TableMapping<?> mapping) {
        refuseGenerated(record, record::modified, mapping);
    }

    private static BitSet columns(KeyedRecord<?> record, IntPredicate included, TableMapping<?> mapping) {
        var columns = new BitSet(record.size());
        for (int i = 0; i < record.size(); i++) {
            if (included.test(i)) {
                columns.set(i);
            }
        }
        columns.andNot(mapping.generated());
        return columns;
    }

    private static void refuseGenerated(KeyedRecord<?> record, IntPredicate modified, TableMapping<?> mapping) {
        var generated = mapping.generated();
        for (int i = generated.nextSetBit(0); i >= 0; i = generated.nextSetBit(i + 1)) {
            if (isSet(record, i, modified)) {
                throw new IllegalArgumentException(record.getTable().getName() + "."
                        + field(record, i).getName() + " is a generated column. Set the columns it is computed from.");
            }
        }
    }

    private static boolean isSet(KeyedRecord<?> record, int index, IntPredicate modified) {
        return (modified.test(index) && record.get(index) != null)
                || RecordAccess.expressions(record).containsKey(field(record, index));
    }

    private static Field<?> field(KeyedRecord<?> record, int index) {
        return Objects.requireNonNull(record.field(index));
    }
}
