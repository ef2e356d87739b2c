package dev.rowan.internal.table;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What an update writes: some columns of a record, and one more in the version. */
public final class Patch<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final R record;
    private final BitSet columns;

    /**
     * Makes the patch of all that a blank record was given.
     *
     * @throws IllegalArgumentException if the record sets a column that is not the caller's to write
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    public Patch(TableMapping<R> mapping, R record) {
        this(mapping, record, WriteColumns.of(record, mapping));
        WriteColumns.refuseGenerated(record, mapping);
    }

    private Patch(TableMapping<R> mapping, R record, BitSet columns) {
        this.mapping = mapping;
        this.record = record;
        this.columns = columns;
        refuseVersion(record, columns);
        mapping.requireFit(record, columns);
    }

    /**
     * Returns the patch of what was modified on a record since it was read or written; the record stays as it is.
     *
     * @throws IllegalArgumentException if that is a column that is not the caller's to write, or an expression
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    public static <R extends KeyedRecord<R>> Patch<R> modified(TableMapping<R> mapping, R record) {
        refuseExpressions(record);
        WriteColumns.refuseGeneratedModified(record, mapping);
        return new Patch<>(mapping, record, WriteColumns.modified(record, mapping));
    }

    /** Checks for expressions. @throws IllegalArgumentException if a column of the record was given an expression */
    public static void refuseExpressions(KeyedRecord<?> record) {
        if (!RecordAccess.expressions(record).isEmpty()) {
            throw new IllegalArgumentException(
                    "A record of " + record.getTable().getName()
                            + " is written with values, as it does not learn what the database makes of an expression."
                            + " Write expressions by update(key, patch), or by where(…).update(patch).");
        }
    }

    /** Checks the version. @throws IllegalArgumentException if it is among the columns, or was given an expression */
    public static void refuseVersion(KeyedRecord<?> record, BitSet columns) {
        var version = record.getTable().getRecordVersion();
        if (version != null
                && (columns.get(record.indexOf(version))
                        || RecordAccess.expressions(record).containsKey(version))) {
            throw new IllegalArgumentException("Leave " + record.getTable().getName() + "." + version.getName()
                    + " alone: every update of a row adds one to it.");
        }
    }

    public boolean isEmpty() {
        return columns.isEmpty() && RecordAccess.expressions(record).isEmpty();
    }

    /** Returns what the text of the SET depends on, expressions aside. */
    public BitSet shape() {
        return columns;
    }

    public boolean hasExpressions() {
        return !RecordAccess.expressions(record).isEmpty();
    }

    /** Returns the columns, in the order of the table; those set to expressions are not among them. */
    List<Field<?>> fields() {
        return WriteColumns.fields(record, columns);
    }

    /** Returns what the database works out, column by column. */
    public List<Field<?>> expressions() {
        return List.copyOf(RecordAccess.expressions(record).values());
    }

    /** Returns the values in the order of {@link #assignments()}; expressions bring their own. */
    public BindValues values() {
        return WriteColumns.values(record, columns, mapping);
    }

    /** Returns the SET: column and value or expression. */
    public Map<Field<?>, Object> assignments() {
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        for (var field : fields()) {
            assignments.put(field, TableMapping.written(field, record.get(field)));
        }
        assignments.putAll(RecordAccess.expressions(record));
        var version = mapping.version();
        if (version != null) {
            assignments.put(version, plusOne(version));
        }
        return assignments;
    }

    /** Returns the version that an update leaves; a version that was null counts from 0. */
    public static <T> Field<T> plusOne(Field<T> version) {
        var from = version.getDataType().nullable()
                ? DSL.coalesce(version, DSL.inline(0, version.getDataType()))
                : version;
        return from.plus(DSL.inline(1));
    }
}
