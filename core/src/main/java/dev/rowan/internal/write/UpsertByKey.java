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
import dev.rowan.result.UpsertCounts;
import dev.rowan.result.UpsertResult;
import dev.rowan.result.UpsertResult.Outcome;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
public final class UpsertByKey<R extends KeyedRecord<R>> implements ChunkWriter<R, UpsertByKey.Answer<R>> {

    /**
     * The answer to a statement.
     *
     * @param mark that the guard counted from
     * @param count the number of rows as MySQL counts them: 2 for an updated row
     * @param generatedKey the generated key that the server reports, see {@link UpsertGuard}
     * @param keyStep the difference between the ids that the server generated for several rows
     */
    record Answer<R extends KeyedRecord<R>>(
            InsertChunk<R> chunk, long mark, long count, long generatedKey, long keyStep) {}

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
        Answer<R> answer;
        Optional<List<Object>> primaryKeyOfRow = Optional.empty();
        var answersId = guard.answersId(chunk);
        if (answersId || knowsPrimaryKey()) {
            answer = write(chunk, executor);
        } else {
            var both =
                    executor.atomically(session -> Map.entry(write(chunk, session), findPrimaryKey(record, session)));
            answer = both.getKey();
            primaryKeyOfRow = both.getValue();
        }
        var existed = guard.existed(chunk, answer.generatedKey(), answer.mark());
        executor.tracker().afterWrite(List.of(mapping.table()));
        executor.tracker().written(record);
        if (primaryKeyOfRow.isPresent()) {
            setStored(record, primaryKey, primaryKeyOfRow.get());
        } else if (answersId || !existed) {
            mapping.setGeneratedId(record, UpsertGuard.id(answer.generatedKey()), chunk.given(0));
        }
        mapping.markUpserted(record, chunk.given(0), !existed);
        var changed = answer.count() > 1 ? Outcome.UPDATED : Outcome.UNCHANGED;
        var outcome = existed ? changed : Outcome.INSERTED;
        var row = executor.tracker().afterUpsert(record, chunk.given(0), outcome == Outcome.UPDATED);
        return new UpsertResult<>(row, outcome);
    }

    /** Upserts the rows of the records atomically, and sets their primary keys. */
    public UpsertCounts upsertAll(List<R> records, Executor executor) {
        RowCheck.each(records, this::requireUpsertable);
        if (records.isEmpty()) {
            return new UpsertCounts(0, 0, 0);
        }
        // one statement updates the same columns of all its rows: so the rows of a chunk must set the same columns
        var chunks = new ChunkSplitter<>(
                        mapping, records.iterator(), ChunkSplitter.Limit.ofStatement(executor), written -> written)
                .toList();
        var isComplete = knowsPrimaryKey() && chunks.stream().noneMatch(InsertChunk::isNumbered);
        var upserted = isComplete
                ? writeAll(chunks, executor).stream()
                        .map(answer -> new Upserted<>(answer, Map.of()))
                        .toList()
                : executor.atomically(session -> writeAll(chunks, session).stream()
                        .map(answer -> new Upserted<>(answer, findKeys(answer.chunk(), session)))
                        .toList());
        executor.tracker().afterWrite(List.of(mapping.table()));
        long existing = 0;
        long updated = 0;
        for (var rows : upserted) {
            existing += existing(rows);
            updated += rows.answer().count() - rows.answer().chunk().rows().size();
            markUpserted(rows, executor);
        }
        return new UpsertCounts(records.size() - existing, updated, existing - updated);
    }

    /**
     * The rows of a chunk that was written.
     *
     * @param keys of the rows, by the position of their records: the values of {@link #keyColumns}
     */
    private record Upserted<R extends KeyedRecord<R>>(Answer<R> answer, Map<Integer, List<Object>> keys) {}

    private void markUpserted(Upserted<R> upserted, Executor executor) {
        var chunk = upserted.answer().chunk();
        for (int i = 0; i < chunk.rows().size(); i++) {
            var record = chunk.rows().get(i);
            executor.tracker().written(record);
            var found = upserted.keys().get(i);
            if (found != null) {
                setStored(record, keyColumns(), found);
            }
            mapping.markUpserted(record, chunk.given(i), false);
        }
    }

    private static void setStored(KeyedRecord<?> record, List<? extends Field<?>> fields, List<Object> values) {
        for (int i = 0; i < fields.size(); i++) {
            RecordAccess.setStored(record, fields.get(i), values.get(i));
        }
    }

    /** Returns how many rows of a chunk existed before, or were inserted for an earlier record. */
    private long existing(Upserted<R> upserted) {
        var answer = upserted.answer();
        return answer.chunk().isNumbered()
                ? answer.chunk().rows().size() - inserted(answer, upserted.keys())
                : UpsertGuard.counted(answer.generatedKey(), answer.mark());
    }

    /** Returns how many rows were inserted with an id that the server generated. */
    private long inserted(Answer<R> answer, Map<Integer, List<Object>> keys) {
        var first = guard.firstGenerated(answer.chunk(), answer.generatedKey(), answer.mark());
        if (first == 0) {
            return 0;
        }
        var rows = answer.chunk().rows();
        var place = keyColumns().indexOf(mapping.identity());
        var ids = new HashSet<Long>();
        long withoutKey = 0;
        for (int i = 0; i < rows.size(); i++) {
            var found = keys.get(i);
            if (found == null) {
                withoutKey++;
            } else if (found.get(place) instanceof Number id
                    && Long.compareUnsigned(id.longValue() - first, rows.size() * answer.keyStep()) < 0) {
                ids.add(id.longValue()); // a row that several records have was inserted for the first
            }
        }
        return ids.size() + withoutKey;
    }

    @Override
    public Answer<R> write(InsertChunk<R> chunk, Executor executor) {
        var mark = UpsertGuard.newMark();
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
                    executed ->
                            new Answer<>(chunk, mark, executed.getLargeUpdateCount(), GeneratedKeys.of(executed), 1)));
        }
    }

    /** Reads the answer to an upsert, with the key that a trigger may have hidden. */
    private Answer<R> answer(InsertChunk<R> chunk, long mark, PreparedStatement executed, Executor executor)
            throws SQLException {
        var count = executed.getLargeUpdateCount();
        var generatedKey = GeneratedKeys.of(executed);
        var connection = executed.getConnection();
        if (guard.mayBeHidden(chunk, count, generatedKey, mark)) {
            var reported = SqlCommand.value(mapping.table(), REPORTED_KEY, new BindValues(), row -> row.getLong(1))
                    .as(StatementKind.UPSERT);
            generatedKey = executor.statements().run(reported, connection);
        }
        var several = chunk.rows().size() > 1 && guard.firstGenerated(chunk, generatedKey, mark) != 0;
        return new Answer<>(chunk, mark, count, generatedKey, several ? executor.keyStep(connection) : 1);
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
        return session.run(
                SqlCommand.first(mapping.table(), text, uniqueKey(record), row -> values(primaryKey, row, 1)));
    }

    private BindValues uniqueKey(R record) {
        var binds = new BindValues();
        for (var field : key.getFields()) {
            binds.add(mapping.codec(field), record.get(field));
        }
        return binds;
    }

    private List<Object> values(List<TableField<R, ?>> fields, ResultSet row, int from) throws SQLException {
        var values = new ArrayList<Object>();
        for (int i = 0; i < fields.size(); i++) {
            values.add(mapping.codec(fields.get(i)).read(fields.get(i), row, from + i));
        }
        return values;
    }

    /** Locks the row, to read its latest version, as the upsert did: the snapshot of the transaction may be older. */
    private Query selectPrimaryKey() {
        return mapping.dsl()
                .select(primaryKey)
                .from(mapping.table())
                .where(TableMapping.equal(key.getFields()))
                .forUpdate();
    }

    /** Returns the columns that name a row: those of the primary key, and the AUTO_INCREMENT column. */
    private List<TableField<R, ?>> keyColumns() {
        var columns = new LinkedHashSet<>(primaryKey);
        var identity = mapping.identity();
        if (identity != null) {
            columns.add(identity);
        }
        return List.copyOf(columns);
    }

    /** Locks the rows of a chunk, as {@link #selectPrimaryKey} does, and returns their keys by position. */
    private Map<Integer, List<Object>> findKeys(InsertChunk<R> chunk, Executor session) {
        var places = new ArrayList<Integer>();
        var binds = new BindValues();
        for (int i = 0; i < chunk.rows().size(); i++) {
            var row = chunk.rows().get(i);
            if (key.getFields().stream().allMatch(field -> row.get(field) != null)) {
                places.add(i);
                binds.addAll(uniqueKey(row));
            }
        }
        var keys = new HashMap<Integer, List<Object>>();
        if (places.isEmpty()) {
            return keys;
        }
        var columns = keyColumns();
        var join = new ValuesJoin(mapping.dsl(), mapping.table(), List.copyOf(key.getFields()), List.of());
        var text = mapping.textOf(
                List.of("upserted", key.getName(), places.size()), () -> join.lockingSelect(places.size(), columns));
        var found = SqlCommand.list(
                mapping.table(), text, binds, row -> Map.entry(places.get(row.getInt(1)), values(columns, row, 2)));
        for (var entry : session.run(chunk.recurs() ? found : found.unpooled())) {
            keys.put(entry.getKey(), entry.getValue());
        }
        // other chunks are counted without the keys of their rows
        if (chunk.isNumbered() && keys.size() < places.size()) {
            throw new IllegalStateException("upsert into " + mapping.table().getName()
                    + ": a row is not found by its key " + SchemaNames.keyName(key)
                    + " after it was written, and nothing"
                    + " was written. A trigger changes this key, or it is a CHAR that was given with spaces at its end."
                    + " Set the key as it is stored.");
        }
        return keys;
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
