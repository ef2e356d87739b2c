package dev.rowan.internal.write;

import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.RecordState;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Writes single records, with optimistic locking. The row of a record is found by the primary key that the record was
 * read or last written with, and by the {@linkplain TableMapping#expectedVersion version} that it expects. A record is
 * marked as written only after the write has succeeded, so that a failed write can be repeated. Immutable and
 * thread-safe; records are not.
 */
public final class RecordWriter<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final Table<R> table;
    private final List<TableField<R, ?>> key;

    /** Writes records of a table. @throws IllegalArgumentException if it has no primary key */
    public RecordWriter(TableMapping<R> mapping) {
        this.mapping = mapping;
        this.table = mapping.table();
        this.key = TableMapping.primaryKey(table);
    }

    /** Inserts what the record was given. */
    public void insert(R record, Executor executor) {
        var columns = prepareInsert(record);
        long id = executor.run(insertion(record, columns), new MergedInserts<>(mapping, columns));
        executor.tracker().inserted(record);
        mapping.markInserted(record, id, columns);
    }

    /** Returns the insert of these columns of the record; its answer is the generated key. */
    private SqlCommand<Long> insertion(R record, BitSet columns) {
        var text = mapping.text(List.of("insert", columns), () -> insertQuery(WriteColumns.fields(record, columns)));
        return SqlCommand.insert(table, text, WriteColumns.values(record, columns, mapping));
    }

    /** Inserts what the record was given, and reads the whole row into it. */
    public void insertAndGet(R record, Executor executor) {
        for (var field : key) {
            if (!field.equals(mapping.identity()) && record.get(field) == null) {
                throw new IllegalArgumentException(
                        "The key of the new row of " + table.getName() + " would not be known. Set " + field.getName()
                                + ", or insert the row and find it by another unique key.");
            }
        }
        var insertion = insertion(record, prepareInsert(record));
        var find = mapping.text("find", () -> mapping.select().where(TableMapping.equal(key)));
        var stored = executor.atomically(session -> {
            long id = session.run(insertion);
            var binds = new BindValues();
            for (var field : key) {
                binds.add(
                        mapping.codec(field),
                        record.get(field) != null ? record.get(field) : TableMapping.number(field, id));
            }
            return session.run(SqlCommand.first(table, find, binds, mapping::read))
                    .orElseThrow(() -> new NotFound("The row just inserted into " + table.getName()
                            + " was not found by its key. Does a trigger change the key?"));
        });
        executor.tracker().inserted(record);
        RecordAccess.copyFrom(record, stored);
    }

    /** Inserts a new record, or updates the row of a stored one. */
    public void save(R record, Executor executor) {
        if (isStored(record)) {
            update(record, executor);
        } else if (RecordAccess.isNew(record)) {
            insert(record, executor);
        } else {
            throw withoutKey(record);
        }
    }

    /** Updates the record's row with its modified columns; runs no statement if there are none. */
    public void update(R record, Executor executor) {
        requireStored(record);
        executor.tracker().beforeWrite(record);
        var patch = prepareUpdate(record);
        if (patch.isEmpty()) {
            return;
        }
        var text = mapping.text(
                List.of("updateRecord", patch.shape()),
                () -> mapping.dsl().update(table).set(patch.assignments()).where(isItsRow()));
        var binds = patch.values().addAll(identification(record));
        if (executor.run(SqlCommand.write(StatementKind.UPDATE, table, text, binds)) == 0) {
            throw stale(StatementKind.UPDATE);
        }
        markUpdated(record, patch.shape(), executor);
    }

    /**
     * Writes a new record over the row of a stored one.
     *
     * @param columns those that get the values of the new record
     * @param defaults those that get their defaults
     */
    void replace(R stored, R values, BitSet columns, BitSet defaults, Executor executor) {
        var text = mapping.text(List.of("replaceRecord", columns, defaults), () -> {
            Map<Field<?>, Object> assignments = new LinkedHashMap<>();
            WriteColumns.fields(values, columns)
                    .forEach(field -> assignments.put(field, TableMapping.writePlaceholder(field, null)));
            WriteColumns.fields(values, defaults).forEach(field -> assignments.put(field, DSL.defaultValue(field)));
            var version = mapping.version();
            if (version != null) {
                assignments.put(version, Patch.nextVersion(version));
            }
            return mapping.dsl().update(table).set(assignments).where(isItsRow());
        });
        var binds = WriteColumns.values(values, columns, mapping).addAll(identification(stored));
        if (executor.run(SqlCommand.write(StatementKind.UPDATE, table, text, binds)) == 0) {
            throw stale(StatementKind.UPDATE);
        }
    }

    /** Deletes the record's row. */
    public void delete(R record, Executor executor) {
        requireStored(record);
        executor.tracker().beforeWrite(record);
        var text = mapping.text(
                "deleteRecord", () -> mapping.dsl().deleteFrom(table).where(isItsRow()));
        if (executor.run(SqlCommand.write(StatementKind.DELETE, table, text, identification(record))) == 0) {
            throw stale(StatementKind.DELETE);
        }
        markDeleted(record, executor);
    }

    /**
     * Prepares the record for an insert: copies the keys of the rows that it refers to. Returns the columns of the
     * insert.
     *
     * @throws IllegalArgumentException if a row that it refers to has no key yet, or the record cannot be inserted
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    public BitSet prepareInsert(R record) {
        RecordState.resolveReferences(record);
        return WriteColumns.requireInsertable(record, mapping);
    }

    /**
     * Prepares the record for an update: copies the keys of the rows that it refers to. Returns the modified columns.
     *
     * @throws IllegalArgumentException if a row that it refers to has no key yet, or as {@link Patch#modified} does
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value unchanged
     */
    Patch<R> prepareUpdate(R record) {
        Patch.refuseExpressions(record);
        RecordState.resolveReferences(record);
        return Patch.modified(mapping, record);
    }

    /** Marks these columns of the record as updated. */
    void markUpdated(R record, BitSet columns, Executor executor) {
        executor.tracker().written(record);
        mapping.markUpdated(record, columns);
    }

    /** Marks the record as deleted: it is new again. */
    void markDeleted(R record, Executor executor) {
        executor.tracker().written(record);
        mapping.markDeleted(record);
    }

    /** Returns whether the record was read or written before, with its key. */
    public boolean isStored(R record) {
        for (var field : key) {
            if (record.original(field) == null) {
                return false;
            }
        }
        return true;
    }

    /** Checks that the record holds the key of its row. @throws IllegalArgumentException if it does not */
    public void requireKey(R record) {
        if (!isStored(record)) {
            throw withoutKey(record);
        }
    }

    /** @throws IllegalArgumentException if the record does not hold the key and the version of its row */
    void requireStored(R record) {
        requireKey(record);
        var version = mapping.version();
        if (version != null && !version.getDataType().nullable() && mapping.expectedVersion(record) == null) {
            throw new IllegalArgumentException(
                    "This record of " + table.getName() + " does not hold the " + version.getName()
                            + " of its row, which optimistic locking needs: it was read in part, comes from an"
                            + " upsert, or was set to null. Read the whole row first, or set the version that you"
                            + " expect.");
        }
    }

    /** Returns the values by which a record's row is found: those of the key, then the version. */
    BindValues identification(R record) {
        var binds = new BindValues();
        for (var field : key) {
            binds.add(mapping.codec(field), record.original(field));
        }
        var version = mapping.version();
        if (version != null) {
            binds.add(mapping.codec(version), mapping.expectedVersion(record));
        }
        return binds;
    }

    /** Returns the key of the record's row, as values that are comparable in Java. The record must hold it. */
    public List<Object> originalKey(R record) {
        var values = new ArrayList<>();
        for (var field : key) {
            values.add(KeyValues.comparable(record.original(field)));
        }
        return values;
    }

    /** Returns the fields by which a record's row is found: those of the key, then the version. */
    List<Field<?>> identifying() {
        var fields = new ArrayList<Field<?>>(key);
        var version = mapping.version();
        if (version != null) {
            fields.add(version);
        }
        return fields;
    }

    /** Returns the error of a write that found no row with the key and version of its record. */
    public StaleRecord stale(StatementKind kind) {
        return new StaleRecord(
                kind.of(table) + ": a row was changed or deleted since its record was read."
                        + " Read it again, apply the change, and write it again.",
                table);
    }

    private IllegalArgumentException withoutKey(R record) {
        return new IllegalArgumentException(
                RecordAccess.isNew(record)
                        ? "This record of " + table.getName()
                                + " is new: it was never read or written, or its row was deleted."
                                + " Insert or save it first."
                        : "This record of " + table.getName()
                                + " does not hold the key of its row: it was read without it, or the database computed it. Read the row with"
                                + " its key; before an insert, set the key.");
    }

    private Condition isItsRow() {
        return DSL.and(identifying().stream().map(RecordWriter::equal).toList());
    }

    private static <T> Condition equal(Field<T> field) {
        var placeholder = TableMapping.placeholder(field);
        return field.getDataType().nullable() ? field.isNotDistinctFrom(placeholder) : field.eq(placeholder);
    }

    private Query insertQuery(List<Field<?>> fields) {
        var placeholders = fields.stream()
                .map(field -> TableMapping.writePlaceholder(field, null))
                .toList();
        return fields.isEmpty()
                ? mapping.dsl().insertInto(table).defaultValues()
                : mapping.dsl().insertInto(table).columns(fields).values(placeholders);
    }
}
