package dev.rowan.internal.write;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.KeyValues;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertResult;
import dev.rowan.result.UpsertResult.Outcome;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;

/**
 * Inserts rows, or updates those that have the same values in one unique key. An {@link UpsertGuard} makes the
 * statement fail rather than update the row of another key. Immutable.
 */
public final class UpsertByKey<R extends KeyedRecord<R>> implements ChunkWriter<R, UpsertByKey.Answer> {

    /**
     * The answer to a statement.
     *
     * @param count the number of rows as MySQL counts them: 2 for an updated row
     * @param generatedKey the generated key that the server reports, see {@link UpsertGuard}
     */
    record Answer(long count, long generatedKey) {}

    /** The key that the guard has reported. An UPDATE trigger hides it from the answer to the upsert itself. */
    private static final String REPORTED_KEY = "select cast(last_insert_id() as signed)";

    private final TableMapping<R> mapping;
    private final UniqueKey<R> key;
    private final List<TableField<R, ?>> primaryKey;
    private final UpsertGuard<R> guard;

    /** Upserts rows of a table by one of its unique keys. */
    public UpsertByKey(TableMapping<R> mapping, UniqueKey<R> key) {
        this.mapping = mapping;
        this.key = key;
        this.primaryKey = TableMapping.primaryKey(mapping.table());
        this.guard = new UpsertGuard<>(mapping, key);
    }

    /** Upserts the row of a record, and sets its primary key. */
    public UpsertResult<R> upsert(R record, Executor executor) {
        requireUpsertable(record);
        var chunk = InsertChunk.of(mapping, record);
        var mark = UpsertGuard.newMark();
        Answer answer;
        Optional<List<Object>> row = Optional.empty();
        var answersId = guard.answersId(chunk);
        if (answersId || knowsPrimaryKey()) {
            answer = write(chunk, mark, executor);
        } else {
            var both = executor.atomically(
                    session -> Map.entry(write(chunk, mark, session), findPrimaryKey(record, session)));
            answer = both.getKey();
            row = both.getValue();
        }
        var existed = guard.existed(chunk, answer.generatedKey(), mark);
        executor.tracker().afterWrite(List.of(mapping.table()));
        executor.tracker().written(record);
        if (row.isPresent()) {
            for (int i = 0; i < primaryKey.size(); i++) {
                RecordAccess.setStored(record, primaryKey.get(i), row.get().get(i));
            }
        } else if (answersId || !existed) {
            mapping.setGeneratedId(record, UpsertGuard.id(answer.generatedKey()), chunk.given(0));
        }
        mapping.markUpserted(record, chunk.given(0), !existed);
        var changed = answer.count() > 1 ? Outcome.UPDATED : Outcome.UNCHANGED;
        return new UpsertResult<>(record, existed ? changed : Outcome.INSERTED);
    }

    /** Upserts the rows of the records atomically. Their keys are not set. */
    public void upsertAll(List<R> records, Executor executor) {
        RowCheck.each(records, this::requireUpsertable);
        if (records.isEmpty()) {
            return;
        }
        // one statement updates the same columns of all its rows: so the rows of a chunk must set the same columns
        var chunks = new ChunkSplitter<>(
                        mapping, records.iterator(), ChunkSplitter.Limit.ofStatement(executor), written -> written)
                .toList();
        writeAll(chunks, executor);
        executor.tracker().afterWrite(List.of(mapping.table()));
        for (var chunk : chunks) {
            for (int i = 0; i < chunk.rows().size(); i++) {
                var record = chunk.rows().get(i);
                executor.tracker().written(record);
                mapping.markUpserted(record, chunk.given(i), false);
            }
        }
    }

    @Override
    public Answer write(InsertChunk<R> chunk, Executor executor) {
        return write(chunk, 0, executor);
    }

    private Answer write(InsertChunk<R> chunk, long mark, Executor executor) {
        try {
            return executor.run(chunk.call(
                    StatementKind.UPSERT,
                    chunk.text(upsertOfOneRow(chunk)),
                    guard.binds(chunk, mark),
                    executed -> answer(chunk, mark, executed, executor)));
        } catch (DatabaseException e) {
            if (!UpsertGuard.isRefusal(e) || chunk.rows().size() > 1) {
                throw e;
            }
            // the guard's error does not name the key; a plain insert fails on the same row, with an error that does
            return executor.run(chunk.call(
                    StatementKind.UPSERT,
                    chunk.text(),
                    executed -> new Answer(executed.getLargeUpdateCount(), GeneratedKeys.of(executed))));
        }
    }

    /** Reads the answer to an upsert; if only one row was upserted, with the key that a trigger may have hidden. */
    private Answer answer(InsertChunk<R> chunk, long mark, PreparedStatement executed, Executor executor)
            throws SQLException {
        var count = executed.getLargeUpdateCount();
        var generatedKey = GeneratedKeys.of(executed);
        if (mark == 0 || !guard.mayBeHidden(chunk, count, generatedKey, mark)) {
            return new Answer(count, generatedKey);
        }
        var reported = SqlCommand.value(mapping.table(), REPORTED_KEY, new BindValues(), row -> row.getLong(1))
                .as(StatementKind.UPSERT);
        return new Answer(count, executor.statements().run(reported, executed.getConnection()));
    }

    private String upsertOfOneRow(InsertChunk<R> chunk) {
        return mapping.text(
                List.of("upsert", key.getName(), chunk.columns(), chunk.isNumbered()),
                () -> chunk.query().onDuplicateKeyUpdate().set(assignments(chunk)));
    }

    /** Returns the assignments. The server executes them in this order, so the guard is the first. */
    private Map<Field<?>, Object> assignments(InsertChunk<R> chunk) {
        var assignments = new LinkedHashMap<Field<?>, Object>();
        assignments.put(guard.column(), guard.expression(chunk));
        var written = chunk.fields().stream()
                .filter(field -> !key.getFields().contains(field)
                        && !primaryKey.contains(field)
                        && !field.equals(mapping.version()))
                .toList();
        var version = mapping.version();
        if (version != null && !written.isEmpty()) {
            assignments.put(version, nextVersion(version, written));
        }
        for (var field : written) {
            assignments.put(field, DSL.excluded(field));
        }
        return assignments;
    }

    /** Returns the version, plus one if a column changes. */
    private static <T> Field<T> nextVersion(Field<T> version, List<Field<?>> written) {
        var unchanged = DSL.and(written.stream().map(UpsertByKey::isUnchanged).toList());
        return DSL.iif(unchanged, version, version.plus(DSL.inline(1)));
    }

    /** Compares text by its bytes: a value that is equal only under the collation is a change. */
    private static <T> Condition isUnchanged(Field<T> field) {
        var wire = Codec.wire(field.getDataType());
        return wire == String.class || wire == JSON.class
                ? bytes(field).isNotDistinctFrom(bytes(DSL.excluded(field)))
                : field.isNotDistinctFrom(DSL.excluded(field));
    }

    private static Field<byte[]> bytes(Field<?> text) {
        return DSL.field("cast({0} as binary)", byte[].class, text);
    }

    /** Returns whether a record that has the unique key also has the primary key, exactly as it is stored. */
    private boolean knowsPrimaryKey() {
        return key.getFields().containsAll(primaryKey) && KeyValues.areEqualInJava(primaryKey);
    }

    /** Returns the primary key of the row with the record's unique key. */
    private Optional<List<Object>> findPrimaryKey(R record, Executor session) {
        var text = mapping.text(List.of("upserted", key.getName()), () -> selectPrimaryKey());
        var binds = new BindValues();
        for (var field : key.getFields()) {
            binds.add(mapping.codec(field), record.get(field));
        }
        return session.run(SqlCommand.<List<Object>>first(mapping.table(), text, binds, row -> {
            var values = new ArrayList<Object>();
            for (int i = 0; i < primaryKey.size(); i++) {
                values.add(mapping.codec(primaryKey.get(i)).read(primaryKey.get(i), row, i + 1));
            }
            return values;
        }));
    }

    /** Locks the row, to read its latest version, as the upsert did: the snapshot of the transaction may be older. */
    private Query selectPrimaryKey() {
        return mapping.dsl()
                .select(primaryKey)
                .from(mapping.table())
                .where(TableMapping.equal(key.getFields()))
                .forUpdate();
    }

    private void requireUpsertable(R record) {
        var written = WriteColumns.requireUpsertable(record, mapping);
        for (var field : key.getFields()) {
            if (!written.get(record.indexOf(field))) {
                throw new IllegalArgumentException("An upsert on " + SchemaNames.keyName(key) + " finds its row by "
                        + SchemaNames.columnNames(key) + ". Set "
                        + mapping.table().getName() + "." + field.getName() + " on the record"
                        + (field.equals(mapping.identity())
                                ? "; a row whose id the database generates is new: call insert, or name another key."
                                : "."));
            }
        }
    }
}
