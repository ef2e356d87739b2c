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
 * The one place that says which columns a write of a record includes, by position. Generated columns are never
 * included.
 *
 * <ul>
 *   <li>An insert takes new records only, and includes what was set on them.
 *   <li>An upsert takes any record, and includes all that it was {@linkplain #given given}: never less.
 *   <li>An update of a record includes what was {@linkplain #modified modified} since it was read or written.
 *   <li>A patch, which is set on a blank record, includes what was {@linkplain #touched set}.
 * </ul>
 */
public final class WriteColumns {

    private WriteColumns() {}

    /**
     * Returns the positions of the columns that an insert or an upsert includes, in a new set. The SQL depends on them.
     *
     * <p>Of a new record these are the columns that were set, also to null. A record that was read or written before
     * also has the values that it was read or written with, its key among them. Its null columns are included if the
     * row is known to have null there: all after a read, those that were written after a write. An AUTO_INCREMENT
     * column that is null is left out: the server generates its value. So is a NOT NULL column that is null on a copy.
     */
    public static BitSet given(KeyedRecord<?> record, TableMapping<?> mapping) {
        var columns = isStored(record) ? givenToStored(record, mapping) : givenToNew(record, mapping);
        var identity = mapping.identityIndex();
        if (identity >= 0 && record.get(identity) == null) {
            columns.clear(identity);
        }
        return columns;
    }

    /** Returns whether the record stands for a row: it was read or written by a repository, or by jOOQ with its key. */
    private static boolean isStored(KeyedRecord<?> record) {
        if (RecordAccess.isNew(record)) {
            return false;
        }
        if (RecordAccess.known(record) != null) {
            return true;
        }
        for (var field : TableMapping.primaryKey(record.getTable())) {
            if (record.original(field) == null) {
                return false;
            }
        }
        return true;
    }

    private static BitSet givenToNew(KeyedRecord<?> record, TableMapping<?> mapping) {
        return columns(
                record,
                i -> record.touched(i)
                        && (record.get(i) != null
                                || field(record, i).getDataType().nullable()
                                || !isCopy(record)),
                mapping);
    }

    private static BitSet givenToStored(KeyedRecord<?> record, TableMapping<?> mapping) {
        var known = RecordAccess.known(record);
        return columns(
                record, i -> record.touched(i) || record.get(i) != null || (known != null && known.get(i)), mapping);
    }

    /**
     * Returns whether a new record was made by jOOQ's {@code copy()} or {@code from(…)}: then each column outside the
     * primary key was set, also the generated ones, and those that the other record did not know.
     */
    private static boolean isCopy(KeyedRecord<?> record) {
        var key = TableMapping.primaryKey(record.getTable());
        for (int i = 0; i < record.size(); i++) {
            if (!record.touched(i) && !key.contains(record.field(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the positions of the columns that were set, also to null, in a new set. */
    static BitSet touched(KeyedRecord<?> record, TableMapping<?> mapping) {
        return columns(record, record::touched, mapping);
    }

    /**
     * Returns the positions of the columns whose value differs from the stored one, in a new set. A version is not
     * among them: one that was set is the version that the row is expected to have.
     */
    public static BitSet modified(KeyedRecord<?> record, TableMapping<?> mapping) {
        var columns = columns(record, i -> RecordAccess.isModified(record, i), mapping);
        var version = mapping.version();
        if (version != null) {
            columns.clear(record.indexOf(version));
        }
        return columns;
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
     * Checks that a record can be inserted, and returns the columns of the insert, as {@link #given} does.
     *
     * @throws IllegalArgumentException if the record is not new, a column was set to an expression, or a generated
     *     column was set
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public static BitSet requireInsertable(KeyedRecord<?> record, TableMapping<?> mapping) {
        refuseGenerated(record, mapping);
        if (isStored(record)) {
            throw new IllegalArgumentException("This record of "
                    + record.getTable().getName() + " was read or written before, and an insert takes new records. Call"
                    + " save(record) to write its changes, upsert(record).on(key) to write all its columns, as to another"
                    + " database, or insert(record.copy()) for a new row.");
        }
        return requireWritable(record, "insert", mapping);
    }

    /**
     * Checks that a record can be upserted, and returns the columns of the upsert, as {@link #given} does.
     *
     * @throws IllegalArgumentException if a column was set to an expression, or the version or a generated column was
     *     set, or it is not known whether a column is null
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public static BitSet requireUpsertable(KeyedRecord<?> record, TableMapping<?> mapping) {
        var version = mapping.version();
        if (version != null && isSetByCaller(record, record.indexOf(version))) {
            throw Patch.versionIsSet(record, version);
        }
        refuseGenerated(record, mapping);
        var columns = requireWritable(record, "upsert", mapping);
        if (isStored(record) && RecordAccess.known(record) == null) {
            refuseUnknownNull(record, columns);
        }
        return columns;
    }

    private static BitSet requireWritable(KeyedRecord<?> record, String write, TableMapping<?> mapping) {
        if (!RecordAccess.expressions(record).isEmpty()) {
            throw new IllegalArgumentException(
                    "An " + write + " takes values only. Write expressions with an update, or with dsl().");
        }
        var columns = given(record, mapping);
        mapping.requireValidValues(record, columns);
        refuseZero(record, columns, mapping.identityIndex());
        return columns;
    }

    /** Returns whether the version was set: it was neither read, nor copied, nor that of the row that was deleted. */
    private static boolean isSetByCaller(KeyedRecord<?> record, int version) {
        if (!RecordAccess.isNew(record)) {
            return record.modified(version);
        }
        var known = RecordAccess.known(record);
        return record.touched(version) && (known == null || !known.get(version)) && !isCopy(record);
    }

    /** Refuses a record that jOOQ read, if a nullable column is null: the row has NULL there, or it was not read. */
    private static void refuseUnknownNull(KeyedRecord<?> record, BitSet columns) {
        for (int i = columns.nextClearBit(0); i < record.size(); i = columns.nextClearBit(i + 1)) {
            var type = field(record, i).getDataType();
            if (type.nullable() && !type.readonly()) {
                throw new IllegalArgumentException("This record of "
                        + record.getTable().getName() + " was read by dsl(), and its "
                        + field(record, i).getName()
                        + " is null: it is not known whether the row has NULL there, or the column was not read."
                        + " Read the row with a repository, or set the column, also to null.");
            }
        }
    }

    private static void refuseZero(KeyedRecord<?> record, BitSet columns, int identity) {
        if (identity >= 0
                && columns.get(identity)
                && record.get(identity) instanceof Number id
                && id.longValue() == 0) {
            throw ValueCheck.invalidValue(
                    field(record, identity),
                    "is 0, which MySQL replaces with a generated id. Leave the column unset to get one.");
        }
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

    /** @throws IllegalArgumentException if a generated column was set to another value than the stored one */
    static void refuseGenerated(KeyedRecord<?> record, TableMapping<?> mapping) {
        var generated = mapping.generated();
        for (int i = generated.nextSetBit(0); i >= 0; i = generated.nextSetBit(i + 1)) {
            if ((record.modified(i) && record.get(i) != null && !(RecordAccess.isNew(record) && isCopy(record)))
                    || RecordAccess.expressions(record).containsKey(field(record, i))) {
                throw new IllegalArgumentException(record.getTable().getName() + "."
                        + field(record, i).getName() + " is a generated column. Set the columns it is computed from.");
            }
        }
    }

    private static Field<?> field(KeyedRecord<?> record, int index) {
        return Objects.requireNonNull(record.field(index));
    }
}
