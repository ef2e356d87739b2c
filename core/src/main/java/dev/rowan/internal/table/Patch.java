package dev.rowan.internal.table;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** The SET of an update: some columns of a record, and the increment of the version column. Immutable. */
public final class Patch<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final R record;
    private final BitSet columns;

    /** Whether the row is to have another version than the record was read with, which a write has to check. */
    private final boolean expectsVersion;

    /**
     * Creates the patch of all columns that were set on a blank record.
     *
     * @throws IllegalArgumentException if the record sets a version or a generated column
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public Patch(TableMapping<R> mapping, R record) {
        this(mapping, record, WriteColumns.touched(record, mapping), false);
        refuseVersion(record, columns);
        WriteColumns.refuseGenerated(record, mapping);
    }

    private Patch(TableMapping<R> mapping, R record, BitSet columns, boolean expectsVersion) {
        this.mapping = mapping;
        this.record = record;
        this.columns = columns;
        this.expectsVersion = expectsVersion;
        mapping.requireValidValues(record, columns);
    }

    /**
     * Returns the patch of the columns that were modified since a record was read or written. It does not change the
     * record. A version that was set on the record is not written, but {@linkplain TableMapping#expectedVersion
     * expected}.
     *
     * @throws IllegalArgumentException if a generated column was modified, or a column was set to an expression
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public static <R extends KeyedRecord<R>> Patch<R> modified(TableMapping<R> mapping, R record) {
        refuseExpressions(record);
        WriteColumns.refuseGenerated(record, mapping);
        var version = mapping.version();
        return new Patch<>(
                mapping, record, WriteColumns.modified(record, mapping), version != null && record.modified(version));
    }

    /** Refuses expressions. @throws IllegalArgumentException if a column of the record was set to an expression */
    public static void refuseExpressions(KeyedRecord<?> record) {
        if (!RecordAccess.expressions(record).isEmpty()) {
            throw new IllegalArgumentException(
                    "A record of " + record.getTable().getName()
                            + " is written with values only: it would not hold the result of an expression."
                            + " Write expressions with update(key, patch) or where(…).update(patch).");
        }
    }

    /** Refuses a version. @throws IllegalArgumentException if it is among the columns, or was set to an expression */
    private static void refuseVersion(KeyedRecord<?> record, BitSet columns) {
        var version = record.getTable().getRecordVersion();
        if (version != null
                && (columns.get(record.indexOf(version))
                        || RecordAccess.expressions(record).containsKey(version))) {
            throw versionIsSet(record, version);
        }
    }

    static IllegalArgumentException versionIsSet(KeyedRecord<?> record, Field<?> version) {
        return new IllegalArgumentException("Do not set " + record.getTable().getName() + "." + version.getName()
                + ": every write of a row increments it. To write the row only if it has this version, set the version on"
                + " its record, and save the record.");
    }

    /** Returns whether the patch writes nothing, and no version has to be checked. */
    public boolean isEmpty() {
        return columns.isEmpty()
                && !expectsVersion
                && RecordAccess.expressions(record).isEmpty();
    }

    /** Returns the positions of the columns that are set to values; the SQL depends on these and on the expressions. */
    public BitSet shape() {
        return columns;
    }

    /** Returns whether a column is set to an expression. */
    public boolean hasExpressions() {
        return !RecordAccess.expressions(record).isEmpty();
    }

    /** Returns the columns that are set to values, in the order of the table. */
    List<Field<?>> fields() {
        return WriteColumns.fields(record, columns);
    }

    /** Returns the expressions that columns are set to. */
    public List<Field<?>> expressions() {
        return List.copyOf(RecordAccess.expressions(record).values());
    }

    /** Returns the values in the order of {@link #assignments()}, without those inside expressions. */
    public BindValues values() {
        return WriteColumns.values(record, columns, mapping);
    }

    /**
     * Returns the SET: each column with its value or expression, in the order of the SQL.
     *
     * @throws IllegalArgumentException if expressions read each other's columns
     */
    public Map<Field<?>, Object> assignments() {
        Map<Field<?>, Object> assignments = new LinkedHashMap<>();
        var expressions = RecordAccess.expressions(record);
        for (var field :
                AssignmentOrder.of(expressions, mapping.table(), mapping.dsl().configuration())) {
            assignments.put(field, expressions.get(field));
        }
        for (var field : fields()) {
            assignments.putIfAbsent(field, TableMapping.writePlaceholder(field, record.get(field)));
        }
        var version = mapping.version();
        if (version != null) {
            assignments.put(version, nextVersion(version));
        }
        return assignments;
    }

    /** Returns the version plus one; NULL counts as 0. */
    public static <T> Field<T> nextVersion(Field<T> version) {
        var from = version.getDataType().nullable()
                ? DSL.coalesce(version, DSL.inline(0, version.getDataType()))
                : version;
        return from.plus(DSL.inline(1));
    }
}
