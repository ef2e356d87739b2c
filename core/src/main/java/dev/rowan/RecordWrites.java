package dev.rowan;

import dev.rowan.error.NotFound;
import dev.rowan.error.StaleRecord;
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
final class RecordWrites<R extends Row<R>> {

    private final Mapping<R> mapping;
    private final Table<R> table;
    private final List<TableField<R, ?>> key;

    RecordWrites(Mapping<R> mapping) {
        this.mapping = mapping;
        this.table = mapping.table();
        this.key = Mapping.primaryKey(table);
    }

    /** Inserts what was set on the record. */
    void insert(R record, Channel channel) {
        requireInsertable(record);
        var columns = Touched.of(record, mapping);
        long id = channel.run(insertion(record, columns), new MergedInserts<>(mapping, record, columns));
        channel.tracker().inserted(record);
        mapping.inserted(record, id);
    }

    /** Returns the insert of these columns of the record; it answers with the key that the server made. */
    private Call<Long> insertion(R record, BitSet columns) {
        var text = mapping.text(List.of("insert", columns), () -> insertQuery(Touched.fields(record, columns)));
        return Call.insert(table, text, Touched.values(record, columns, mapping));
    }

    /** Inserts what was set on the record, and fills it with the whole row. */
    void insertAndGet(R record, Channel channel) {
        for (var field : key) {
            if (!field.equals(mapping.identity()) && !Mapping.isGiven(record, field)) {
                throw new IllegalArgumentException(
                        "The key of the new row of " + table.getName() + " would not be known: set " + field.getName()
                                + ", or insert the row and find it by another unique key.");
            }
        }
        requireInsertable(record);
        var insertion = insertion(record, Touched.of(record, mapping));
        var find = mapping.text("find", () -> mapping.dsl().selectFrom(table).where(Mapping.equal(key)));
        var stored = channel.atomically(session -> {
            long id = session.run(insertion);
            var binds = new Binds();
            for (var field : key) {
                binds.add(
                        mapping.codec(field),
                        Mapping.isGiven(record, field) ? record.get(field) : Mapping.number(field, id));
            }
            return session.run(Call.query(table, find, binds, mapping::readFirst))
                    .orElseThrow(() -> new NotFound("The row just inserted into " + table.getName()
                            + " is not there under its key. Does a trigger change it?"));
        });
        channel.tracker().inserted(record);
        Records.become(record, stored);
    }

    /** Inserts a record that stands for no row yet, else updates its row. */
    void save(R record, Channel channel) {
        if (isStored(record)) {
            update(record, channel);
        } else if (Records.isNew(record)) {
            insert(record, channel);
        } else {
            throw keyless(record);
        }
    }

    /** Writes what was modified on the record, to its row; nothing if nothing was. */
    void update(R record, Channel channel) {
        requireStored(record);
        channel.tracker().beforeWrite(record);
        var patch = Patch.modified(mapping, record);
        if (patch.isEmpty()) {
            return;
        }
        var text = mapping.text(
                List.of("updateRecord", patch.shape()),
                () -> mapping.dsl().update(table).set(patch.assignments()).where(isItsRow()));
        var binds = patch.values().addAll(identification(record));
        if (channel.run(Call.write(Verb.UPDATE, table, text, binds)) == 0) {
            throw stale(Verb.UPDATE);
        }
        updated(record, channel);
    }

    /** Deletes the record's row. */
    void delete(R record, Channel channel) {
        requireStored(record);
        channel.tracker().beforeWrite(record);
        var text = mapping.text(
                "deleteRecord", () -> mapping.dsl().deleteFrom(table).where(isItsRow()));
        if (channel.run(Call.write(Verb.DELETE, table, text, identification(record))) == 0) {
            throw stale(Verb.DELETE);
        }
        deleted(record, channel);
    }

    /**
     * Makes sure that the record can be inserted.
     *
     * @throws IllegalArgumentException if it was read and not changed, or sets what an insert cannot take
     * @throws dev.rowan.error.InvalidValue if a column cannot hold its value as it is
     */
    void requireInsertable(R record) {
        Records.resolve(record);
        if (!record.touched() && !Records.isBlank(record)) {
            throw new IllegalArgumentException(
                    "Nothing was set on this record of " + table.getName()
                            + " since it was read, and an insert writes what was set. For a copy, set the columns of a new one.");
        }
        Touched.requireValues(record, "insert", mapping);
    }

    /** Takes what an update made known: the row's next version. */
    void updated(R record, Channel channel) {
        channel.tracker().written(record);
        var version = mapping.version();
        if (version != null) {
            Records.learn(record, version, next(record.original(version), version));
        }
        record.touched(false);
    }

    /** Takes what a delete made known: the record stands for no row. */
    void deleted(R record, Channel channel) {
        channel.tracker().written(record);
        Records.forget(record);
    }

    /** Says whether the record was read or written before, with its key. */
    boolean isStored(R record) {
        for (var field : key) {
            if (record.original(field) == null) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if the record does not say which row it stands for */
    void requireKey(R record) {
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
    Binds identification(R record) {
        var binds = new Binds();
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

    StaleRecord stale(Verb verb) {
        return new StaleRecord(
                verb.of(table) + ": a row was changed or deleted since its record was read."
                        + " Read it again, apply the change, and write it again.",
                table);
    }

    private IllegalArgumentException keyless(R record) {
        return new IllegalArgumentException(
                Records.isNew(record)
                        ? "This record of " + table.getName()
                                + " stands for no row: it was never read or written, or was deleted."
                                + " Insert or save it first."
                        : "This record of " + table.getName()
                                + " does not hold the key of its row. Read it with its key, or insert it by insertAndGet.");
    }

    private static Object next(@Nullable Object version, Field<?> field) {
        var from = version == null ? 0 : ((Number) version).longValue();
        return Mapping.number(field, from + 1);
    }

    private Condition isItsRow() {
        return DSL.and(identifying().stream().map(RecordWrites::same).toList());
    }

    private static <T> Condition same(Field<T> field) {
        var place = Mapping.unbound(field);
        return field.getDataType().nullable() ? field.isNotDistinctFrom(place) : field.eq(place);
    }

    private Query insertQuery(List<Field<?>> fields) {
        var places = fields.stream().map(field -> Mapping.written(field, null)).toList();
        return fields.isEmpty()
                ? mapping.dsl().insertInto(table).defaultValues()
                : mapping.dsl().insertInto(table).columns(fields).values(places);
    }
}
