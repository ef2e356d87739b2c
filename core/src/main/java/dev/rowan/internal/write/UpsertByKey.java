package dev.rowan.internal.write;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.SchemaNames;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.query.KeyLookup;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.Patch;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.UpsertResult;
import dev.rowan.result.UpsertResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.UByte;
import org.jooq.types.UInteger;
import org.jooq.types.UShort;

/**
 * An upsert that honours its key. By itself, {@code ON DUPLICATE KEY UPDATE} updates the row of <em>any</em> unique key.
 *
 * <p>Hence its first assignment is a guard. It leaves its column as it is, but works out on the way whether the row
 * is the one of this key. If so, it says so through LAST_INSERT_ID, which comes back with the answer and tells a row that
 * was there from a new one. If not, it fails, on a subquery that has one row too many.
 */
public final class UpsertByKey<R extends KeyedRecord<R>> implements ChunkWriter<R, UpsertByKey.Answer> {

    /** What the statement says: the rows as MySQL counts them (2 for one that was changed), and the id it left. */
    record Answer(long count, long id) {}

    /** The bit that says that the row was there: the sign, which no id that a server makes has. */
    private static final int EXISTING_BIT = 63;

    private static final long EXISTING = 1L << EXISTING_BIT;

    /** The types of ids that leave the bit free, so that the answer has room for the id too. */
    private static final Set<Class<?>> SIGNED =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, UByte.class, UShort.class, UInteger.class);

    private final TableMapping<R> mapping;
    private final UniqueKey<R> key;
    private final List<TableField<R, ?>> primaryKey;

    public UpsertByKey(TableMapping<R> mapping, UniqueKey<R> key) {
        this.mapping = mapping;
        this.key = key;
        this.primaryKey = TableMapping.primaryKey(mapping.table());
    }

    /** Upserts one row, and fills in its primary key. */
    public UpsertResult<R> upsert(R record, Executor executor) {
        prepare(record);
        var chunk = InsertChunk.of(mapping, record);
        Answer answer;
        Optional<List<Object>> row = Optional.empty();
        if (answersId(chunk) || isKnown()) {
            answer = write(chunk, executor);
        } else {
            var both = executor.atomically(session -> Map.entry(write(chunk, session), find(record, session)));
            answer = both.getKey();
            row = both.getValue();
        }
        var existing = answersId(chunk) ? answer.id() < 0 : answer.id() == EXISTING;
        executor.tracker().afterWrite(List.of(mapping.table()));
        executor.tracker().written(record);
        if (row.isPresent()) {
            for (int i = 0; i < primaryKey.size(); i++) {
                RecordAccess.learn(record, primaryKey.get(i), row.get().get(i));
            }
        } else if (answersId(chunk) || !existing) {
            mapping.learnId(record, idOf(answer));
        }
        record.touched(false);
        var changed = answer.count() > 1 ? Outcome.UPDATED : Outcome.UNCHANGED;
        return new UpsertResult<>(record, existing ? changed : Outcome.INSERTED);
    }

    /** Upserts the rows, all or none. */
    public void upsertAll(List<R> records, Executor executor) {
        ChunkWriter.checkEach(records, this::prepare);
        if (records.isEmpty()) {
            return;
        }
        // a row must not be updated by what only another was given: rows of one statement were given the same
        var chunks = new ChunkSplitter<>(
                        mapping, records.iterator(), ChunkSplitter.Limit.ofStatement(executor), written -> written)
                .toList();
        writeAll(chunks, executor);
        executor.tracker().afterWrite(List.of(mapping.table()));
        for (var record : records) {
            executor.tracker().written(record);
            record.touched(false);
        }
    }

    @Override
    public Answer write(InsertChunk<R> chunk, Executor executor) {
        try {
            return executor.run(call(chunk, chunk.text(oneRow(chunk))));
        } catch (DatabaseException e) {
            if (!ChunkWriter.isRefusedByGuard(e) || chunk.rows().size() > 1) {
                throw e;
            }
            // the guard names no key; a plain insert fails on the very same row, and the server says by which key
            return executor.run(call(chunk, chunk.text()));
        }
    }

    private SqlCommand<Answer> call(InsertChunk<R> chunk, String text) {
        return chunk.call(
                StatementKind.UPSERT,
                text,
                executed -> new Answer(executed.getLargeUpdateCount(), GeneratedKeys.of(executed)));
    }

    private String oneRow(InsertChunk<R> chunk) {
        return mapping.text(
                List.of("upsert", key.getName(), chunk.columns(), chunk.isNumbered()),
                () -> chunk.query().onDuplicateKeyUpdate().set(assignments(chunk)));
    }

    /** Returns the assignments, which the server makes from the first to the last. */
    private Map<Field<?>, Object> assignments(InsertChunk<R> chunk) {
        var assignments = new LinkedHashMap<Field<?>, Object>();
        var first = key.getFields().getFirst();
        assignments.put(first, guard(first, answersId(chunk)));
        var written = chunk.fields().stream()
                .filter(field -> !key.getFields().contains(field) && !primaryKey.contains(field))
                .toList();
        var version = mapping.version();
        if (version != null && !written.isEmpty()) {
            assignments.put(version, next(version, written));
        }
        for (var field : written) {
            assignments.put(field, DSL.excluded(field));
        }
        return assignments;
    }

    /** Stands in the key's own column: MySQL takes a statement of many rows ill that assigns the id it numbers by. */
    private <T> Field<T> guard(Field<T> carrier, boolean answersId) {
        // "=", not "<=>": NULL is like no other row's. Compared with 0, as what cannot be NULL is not worked out at
        // all.
        return DSL.field(
                "if(if({0}, last_insert_id({1}), (select 1 union select 2)) = 0, {2}, {2})",
                carrier.getDataType(),
                DSL.and(key.getFields().stream().map(UpsertByKey::isSame).toList()),
                answersId
                        ? DSL.field("{0} | 1 << " + EXISTING_BIT, SQLDataType.BIGINT, primaryKey.getFirst())
                        : DSL.field("1 << " + EXISTING_BIT, SQLDataType.BIGINT),
                carrier);
    }

    private static <T> Field<T> next(Field<T> version, List<Field<?>> written) {
        var unchanged = DSL.and(written.stream().map(UpsertByKey::isUnchanged).toList());
        return DSL.iif(unchanged, version, version.plus(DSL.inline(1)));
    }

    private static <T> Condition isSame(Field<T> field) {
        return field.eq(DSL.excluded(field));
    }

    /** Text is compared by its bytes: what only the collation takes for equal is a change. */
    private static <T> Condition isUnchanged(Field<T> field) {
        var wire = Codec.wire(field.getDataType());
        return wire == String.class || wire == JSON.class
                ? bytes(field).isNotDistinctFrom(bytes(DSL.excluded(field)))
                : field.isNotDistinctFrom(DSL.excluded(field));
    }

    private static Field<byte[]> bytes(Field<?> text) {
        return DSL.field("cast({0} as binary)", byte[].class, text);
    }

    /** Says whether the id, the whole primary key, comes back with the answer. */
    private boolean answersId(InsertChunk<R> chunk) {
        var identity = mapping.identity();
        return identity != null
                && chunk.isNumbered()
                && primaryKey.equals(List.of(identity))
                && SIGNED.contains(primaryKey.getFirst().getType());
    }

    /** Moves the sign over the bit: ids are far from filling 63 bits. */
    private static long idOf(Answer answer) {
        return answer.id() << 1 >> 1;
    }

    /** Says whether a record has the primary key already, to the letter, if it has the key. */
    private boolean isKnown() {
        return key.getFields().containsAll(primaryKey) && KeyLookup.areEqualInJava(primaryKey);
    }

    private Optional<List<Object>> find(R record, Executor session) {
        var text = mapping.text(List.of("upserted", key.getName()), () -> upserted());
        var binds = new BindValues();
        for (var field : key.getFields()) {
            binds.add(mapping.codec(field), record.get(field));
        }
        return session.run(SqlCommand.query(mapping.table(), text, binds, rows -> {
            if (!rows.next()) {
                return Optional.empty();
            }
            var values = new ArrayList<Object>();
            for (int i = 0; i < primaryKey.size(); i++) {
                values.add(mapping.codec(primaryKey.get(i)).read(primaryKey.get(i), rows, i + 1));
            }
            return Optional.of(values);
        }));
    }

    /** Locks, so that it sees the row as the upsert saw it, and not as the transaction did at its beginning. */
    private Query upserted() {
        return mapping.dsl()
                .select(primaryKey)
                .from(mapping.table())
                .where(TableMapping.equal(key.getFields()))
                .forUpdate();
    }

    /** Prepares the record for the upsert: it writes the key that it was read with. */
    private void prepare(R record) {
        requireUpsertable(record);
        key.getFields().forEach(field -> record.touched(field, true));
    }

    private void requireUpsertable(R record) {
        var table = mapping.table().getName();
        WriteColumns.requireValues(record, "upsert", mapping);
        for (var field : key.getFields()) {
            // one that was read has its key already
            if (!record.touched(field) && record.get(field) == null) {
                throw new IllegalArgumentException("An upsert on " + SchemaNames.keyName(key) + " finds its row by "
                        + SchemaNames.columnNames(key) + ". Set " + table + "." + field.getName() + " on the record.");
            }
        }
        var written = WriteColumns.of(record, mapping);
        key.getFields().forEach(field -> written.set(record.indexOf(field)));
        Patch.refuseVersion(record, written);
    }
}
