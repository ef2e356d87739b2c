package dev.rowan.internal.write;

import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Writes records one at a time. A record knows the row it stands for by the primary key and the version that it was read
 * or last written with; it learns of a write only after that has succeeded, so that it can be written again.
 */
public final class RecordWriter<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final Table<R> table;
    private final List<TableField<R, ?>> key;

    public RecordWriter(TableMapping<R> mapping) {
        this.mapping = mapping;
        this.table = mapping.table();
        this.key = TableMapping.primaryKey(table);
    }

    /** Inserts what was set on the record. */
    public void insert(R record, Executor executor) {
        prepareInsert(record);
        var columns = WriteColumns.of(record, mapping);
        long id = executor.run(insertion(record, columns), new MergedInserts<>(mapping, record, columns));
        executor.tracker().inserted(record);
        mapping.inserted(record, id);
    }

    /** Returns the insert of these columns of the record; it answers with the key that the server made. */
    private SqlCommand<Long> insertion(R record, BitSet columns) {
        var text = mapping.text(List.of("insert", columns), () -> insertQuery(WriteColumns.fields(record, columns)));
        return SqlCommand.insert(table, text, WriteColumns.values(record, columns, mapping));
    }

    /** Inserts what was set on the record, and fills it with the whole row. */
    public void insertAndGet(R record, Executor executor) {
        for (var field : key) {
            if (!field.equals(mapping.identity()) && !TableMapping.isGiven(record, field)) {
                throw new IllegalArgumentException(
                        "The key of the new row of " + table.getName() + " would not be known: set " + field.getName()
                                + ", or insert the row and find it by another unique key.");
            }
        }
        prepareInsert(record);
        var insertion = insertion(record, WriteColumns.of(record, mapping));
        var find = mapping.text("find", () -> mapping.dsl().selectFrom(table).where(TableMapping.equal(key)));
        var stored = executor.atomically(session -> {
            long id = session.run(insertion);
            var binds = new BindValues();
            for (var field : key) {
                binds.add(
                        mapping.codec(field),
                        TableMapping.isGiven(record, field) ? record.get(field) : TableMapping.number(field, id));
            }
            return session.run(SqlCommand.query(table, find, binds, mapping::readFirst))
                    .orElseThrow(() -> new NotFound("The row just inserted into " + table.getName()
                            + " is not there under its key. Does a trigger change it?"));
        });
        executor.tracker().inserted(record);
        RecordAccess.become(record, stored);
    }

    /** Inserts a record that stands for no row yet, else updates its row. */
    public void save(R record, Executor executor) {
        if (isStored(record)) {
            update(record, executor);
        } else if (RecordAccess.isNew(record)) {
            insert(record, executor);
        } else {
            throw keyless(record);
        }
    }

    /** Writes what was modified on the record, to its row; nothing if nothing was. */
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
        updated(record, executor);
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
        deleted(record, executor);
    }

    /**
     * Prepares the record for an insert: it takes the keys of the rows that it refers to.
     *
     * @throws IllegalArgumentException if a row that it refers to has no key yet, or as {@link #requireInsertable} does
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    public void prepareInsert(R record) {
        RecordAccess.resolve(record);
        requireInsertable(record);
    }

    /** @throws IllegalArgumentException if the record was read and not changed, or sets what an insert cannot take */
    private void requireInsertable(R record) {
        if (!record.touched() && !RecordAccess.isBlank(record)) {
            throw new IllegalArgumentException(
                    "Nothing was set on this record of " + table.getName()
                            + " since it was read, and an insert writes what was set. For a copy, set the columns of a new one.");
        }
        WriteColumns.requireValues(record, "insert", mapping);
    }

    /**
     * Prepares the record for an update: it takes the keys of the rows that it refers to. Returns what was modified.
     *
     * @throws IllegalArgumentException if a row that it refers to has no key yet, or as {@link Patch#modified} does
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    Patch<R> prepareUpdate(R record) {
        Patch.refuseExpressions(record);
        RecordAccess.resolve(record);
        return Patch.modified(mapping, record);
    }

    /** Takes what an update made known: the row's next version. */
    void updated(R record, Executor executor) {
        executor.tracker().written(record);
        var version = mapping.version();
        if (version != null) {
            RecordAccess.learn(record, version, next(record.original(version), version));
        }
        record.touched(false);
    }

    /** Takes what a delete made known: the record stands for no row. */
    void deleted(R record, Executor executor) {
        executor.tracker().written(record);
        RecordAccess.forget(record);
    }

    /** Says whether the record was read or written before, with its key. */
    public boolean isStored(R record) {
        for (var field : key) {
            if (record.original(field) == null) {
                return false;
            }
        }
        return true;
    }

    /** Checks the key. @throws IllegalArgumentException if the record does not say which row it stands for */
    public void requireKey(R record) {
        if (!isStored(record)) {
            throw keyless(record);
        }
    }

    /** @throws IllegalArgumentException if the record does not say which row it stands for, and in which version */
    void requireStored(R record) {
        requireKey(record);
        var version = mapping.version();
        if (version != null && !version.getDataType().nullable() && record.original(version) == null) {
            throw new IllegalArgumentException(
                    "This record of " + table.getName() + " does not hold the " + version.getName()
                            + " of its row, by which a write sees whether it is still the same: it was read in part, or"
                            + " comes from an upsert. Read the whole row first.");
        }
    }

    /** Returns the values by which a record's row is found: key, then version. */
    BindValues identification(R record) {
        var binds = new BindValues();
        for (var field : identifying()) {
            binds.add(mapping.codec(field), record.original(field));
        }
        return binds;
    }

    /** Returns the key of the record's row, as values that Java can compare. */
    List<Object> originalKey(R record) {
        var values = new ArrayList<>();
        for (var field : key) {
            values.add(
                    record.original(field) instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : record.original(field));
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

    StaleRecord stale(StatementKind verb) {
        return new StaleRecord(
                verb.of(table) + ": a row was changed or deleted since its record was read."
                        + " Read it again, apply the change, and write it again.",
                table);
    }

    private IllegalArgumentException keyless(R record) {
        return new IllegalArgumentException(
                RecordAccess.isNew(record)
                        ? "This record of " + table.getName()
                                + " stands for no row: it was never read or written, or was deleted."
                                + " Insert or save it first."
                        : "This record of " + table.getName()
                                + " does not hold the key of its row. Read it with its key, or insert it by insertAndGet.");
    }

    private static Object next(@Nullable Object version, Field<?> field) {
        var from = version == null ? 0 : ((Number) version).longValue();
        return TableMapping.number(field, from + 1);
    }

    private Condition isItsRow() {
        return DSL.and(identifying().stream().map(RecordWriter::same).toList());
    }

    private static <T> Condition same(Field<T> field) {
        var place = TableMapping.unbound(field);
        return field.getDataType().nullable() ? field.isNotDistinctFrom(place) : field.eq(place);
    }

    private Query insertQuery(List<Field<?>> fields) {
        var places =
                fields.stream().map(field -> TableMapping.written(field, null)).toList();
        return fields.isEmpty()
                ? mapping.dsl().insertInto(table).defaultValues()
                : mapping.dsl().insertInto(table).columns(fields).values(places);
    }
}
