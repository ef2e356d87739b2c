package dev.rowan.internal.write;

import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.RecordAccess;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.internal.util.IdentitySet;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jooq.Field;

/** Writes many records by few statements, all or none; the records learn of it at the end. */
public final class BatchRecordWriter<R extends KeyedRecord<R>> {

    private final TableMapping<R> mapping;
    private final RecordWriter<R> one;

    public BatchRecordWriter(TableMapping<R> mapping, RecordWriter<R> one) {
        this.mapping = mapping;
        this.one = one;
    }

    /** Writes what was modified on each record. */
    public void update(Collection<R> records, Executor executor) {
        ChunkWriter.checkEach(records, one::requireStored);
        refuseSameRow(records);
        distinct(records).forEach(executor.tracker()::beforeWrite);
        var updates = updates(records);
        if (updates.isEmpty()) {
            return;
        }
        executor.atomically(session -> {
            updates.forEach(
                    (columns, of) -> writeAlike(StatementKind.UPDATE, ValuesJoin::update, of, columns, session));
            return updates;
        });
        updates.values().forEach(of -> of.forEach(record -> one.updated(record, executor)));
    }

    /** Deletes the row of each record. */
    public void delete(Collection<R> records, Executor executor) {
        ChunkWriter.checkEach(records, one::requireStored);
        refuseSameRow(records);
        var distinct = distinct(records);
        distinct.forEach(executor.tracker()::beforeWrite);
        if (distinct.isEmpty()) {
            return;
        }
        executor.atomically(session -> {
            writeAlike(StatementKind.DELETE, ValuesJoin::delete, distinct, new BitSet(), session);
            return distinct;
        });
        distinct.forEach(record -> one.deleted(record, executor));
    }

    /** Inserts the records that are new, then writes what was modified on the others. */
    public void save(Collection<R> records, Executor executor) {
        ChunkWriter.checkEach(records, record -> {
            if (RecordAccess.isNew(record)) {
                one.prepareInsert(record);
            } else {
                one.requireStored(record);
            }
        });
        refuseSameRow(records);
        var distinct = distinct(records);
        var fresh = distinct.stream().filter(RecordAccess::isNew).toList();
        distinct.stream().filter(record -> !RecordAccess.isNew(record)).forEach(executor.tracker()::beforeWrite);
        var updates = updates(records);
        if (fresh.isEmpty() && updates.isEmpty()) {
            return;
        }
        var ids = executor.atomically(session -> {
            var made = new BatchInsert<>(mapping).write(fresh, session);
            updates.forEach(
                    (columns, of) -> writeAlike(StatementKind.UPDATE, ValuesJoin::update, of, columns, session));
            return made;
        });
        ids.forEach(made -> made.fillIn(executor));
        updates.values().forEach(of -> of.forEach(record -> one.updated(record, executor)));
    }

    /** Returns the records that were modified, by the columns that they were modified in. */
    private Map<BitSet, List<R>> updates(Collection<R> records) {
        Map<BitSet, List<R>> updates = new LinkedHashMap<>();
        Set<R> seen = new IdentitySet<>();
        ChunkWriter.checkEach(records, record -> {
            if (RecordAccess.isNew(record) || !seen.add(record)) {
                return;
            }
            var patch = one.prepareUpdate(record);
            if (!patch.isEmpty()) {
                updates.computeIfAbsent(patch.shape(), columns -> new ArrayList<>())
                        .add(record);
            }
        });
        return updates;
    }

    /** Updates these columns of each record, or deletes its row. */
    private void writeAlike(
            StatementKind verb,
            BiFunction<ValuesJoin, Integer, String> statement,
            List<R> records,
            BitSet columns,
            Executor session) {
        var values = WriteColumns.fields(records.getFirst(), columns);
        var derived = new ValuesJoin(mapping.dsl(), mapping.table(), one.identifying(), values);
        var limit = ChunkSplitter.Limit.ofStatement(session);
        var mostRows = Math.max(1, Math.min(limit.rows(), limit.text() / derived.width()));
        var texts = new HashMap<Integer, String>(); // most chunks have as many rows
        for (var chunk : chunks(records, columns, derived, mostRows, limit.bytes())) {
            var text = texts.computeIfAbsent(chunk.size(), rows -> statement.apply(derived, rows));
            var call = SqlCommand.write(verb, mapping.table(), text, binds(chunk, columns));
            var recurs = chunk.size() == mostRows || chunk.size() == 1;
            if (session.run(recurs ? call : call.unpooled()) < chunk.size()) {
                throw one.stale(verb);
            }
        }
    }

    private BindValues binds(List<R> chunk, BitSet columns) {
        var binds = new BindValues();
        for (var record : chunk) {
            binds.addAll(one.identification(record)).addAll(WriteColumns.values(record, columns, mapping));
        }
        return binds;
    }

    private List<List<R>> chunks(List<R> records, BitSet columns, ValuesJoin derived, int mostRows, long mostBytes) {
        var chunks = new ArrayList<List<R>>();
        List<R> chunk = new ArrayList<>();
        long bytes = 0;
        for (var record : records) {
            var more = bytes(record, columns, derived);
            if (!chunk.isEmpty() && (chunk.size() == mostRows || bytes + more > mostBytes)) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(record);
            bytes += more;
        }
        chunks.add(chunk);
        return chunks;
    }

    private long bytes(R record, BitSet columns, ValuesJoin derived) {
        long bytes = derived.width();
        for (Field<?> field : one.identifying()) {
            bytes += mapping.codec(field).bytes(record.original(field));
        }
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            bytes += mapping.codec(i).bytes(record.get(i));
        }
        return bytes;
    }

    /** Returns the records, one that is given twice only once. */
    private static <R> List<R> distinct(Collection<R> records) {
        Set<R> distinct = new IdentitySet<>();
        distinct.addAll(records);
        return List.copyOf(distinct);
    }

    /** Finds keys that are equal in Java; of two in one statement that only the collation equates, one will be stale. */
    @SuppressWarnings("ReferenceEquality")
    private void refuseSameRow(Collection<R> records) {
        var byKey = new HashMap<List<Object>, R>();
        ChunkWriter.checkEach(records, record -> {
            if (RecordAccess.isNew(record)) {
                return;
            }
            var first = byKey.putIfAbsent(one.originalKey(record), record);
            if (first != null && first != record) {
                throw new IllegalArgumentException("This record stands for the same row of "
                        + mapping.table().getName()
                        + " as one before it, and one write cannot be both. Give one of them.");
            }
        });
    }
}
