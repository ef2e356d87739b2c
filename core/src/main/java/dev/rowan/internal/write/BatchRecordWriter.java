package dev.rowan.internal.write;

import dev.rowan.error.StaleRecord;
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
import java.util.function.Predicate;
import org.jooq.Field;

/** Writes many records atomically by few statements. The records are marked as written at the end. Immutable. */
public final class BatchRecordWriter<R extends KeyedRecord<R>> {

    /**
     * A row to write.
     *
     * @param stored the record by which the row is found
     * @param values the record of its new values, which may be the same
     */
    public record Replacement<R>(R stored, R values) {}

    private final TableMapping<R> mapping;
    private final RecordWriter<R> one;

    /**
     * Writes records of a table.
     *
     * @param one checks and prepares each record
     */
    public BatchRecordWriter(TableMapping<R> mapping, RecordWriter<R> one) {
        this.mapping = mapping;
        this.one = one;
    }

    /** Updates, as {@link #update} does; a StaleRecord tells the number of the record. */
    public void updateAll(Collection<R> records, Executor executor) {
        tellingRow(records, RecordAccess::isModified, executor, () -> update(records, executor));
    }

    /** Deletes, as {@link #delete} does; a StaleRecord tells the number of the record. */
    public void deleteAll(Collection<R> records, Executor executor) {
        tellingRow(records, record -> true, executor, () -> delete(records, executor));
    }

    /** Saves, as {@link #save} does; a StaleRecord tells the number of the record. */
    public void saveAll(Collection<R> records, Executor executor) {
        tellingRow(records, RecordAccess::isModified, executor, () -> save(records, executor));
    }

    private void tellingRow(Collection<R> records, Predicate<R> isWritten, Executor executor, Runnable write) {
        try {
            write.run();
        } catch (StaleRecord e) {
            throw new StaleRowFinder<>(mapping, one).inRow(e, records, isWritten, executor);
        }
    }

    /** Updates the row of each record with its modified columns. */
    public void update(Collection<R> records, Executor executor) {
        RowCheck.each(records, one::requireStored);
        refuseSameRow(records);
        distinct(records).forEach(executor.tracker()::beforeWrite);
        var updates = prepareUpdates(records);
        if (updates.isEmpty()) {
            return;
        }
        executor.atomically(session -> {
            updates.forEach((columns, modified) ->
                    writeColumns(StatementKind.UPDATE, ValuesJoin::update, rows(modified), columns, session));
            return updates;
        });
        updates.forEach((columns, modified) -> modified.forEach(record -> one.markUpdated(record, columns, executor)));
    }

    /** Deletes the row of each record. */
    public void delete(Collection<R> records, Executor executor) {
        RowCheck.each(records, one::requireStored);
        refuseSameRow(records);
        var distinct = distinct(records);
        distinct.forEach(executor.tracker()::beforeWrite);
        if (distinct.isEmpty()) {
            return;
        }
        executor.atomically(session -> {
            writeColumns(StatementKind.DELETE, ValuesJoin::delete, rows(distinct), new BitSet(), session);
            return distinct;
        });
        distinct.forEach(record -> one.markDeleted(record, executor));
    }

    /**
     * Writes new records over the rows of others with the same keys: what the new record was not given gets its
     * default, and the version counts on. The other record is marked as deleted.
     *
     * @param replacements the stored records with those that replace them
     */
    public void replace(List<Replacement<R>> replacements, Executor executor) {
        Map<BitSet, List<Replacement<R>>> byColumns = new LinkedHashMap<>();
        replacements.forEach(row -> {
            one.requireStored(row.stored());
            var columns = mapping.replacedColumns(one.prepareInsert(row.values()));
            byColumns.computeIfAbsent(columns, c -> new ArrayList<>()).add(row);
        });
        executor.atomically(session -> {
            byColumns.forEach((columns, rows) -> {
                if (columns.isEmpty()
                        && mapping.version() == null
                        && mapping.defaultedColumns(columns).isEmpty()) {
                    return; // the row is its key
                }
                var defaulted = mapping.defaultedColumns(columns);
                if (mapping.hasComputedDefault(defaulted)) {
                    rows.forEach(row -> one.replace(row.stored(), row.values(), columns, defaulted, session));
                    return; // in a join, the server does not compute them
                }
                var defaults = WriteColumns.fields(rows.getFirst().values(), defaulted);
                writeColumns(
                        StatementKind.UPDATE, (join, number) -> join.update(number, defaults), rows, columns, session);
            });
            return byColumns;
        });
        byColumns.forEach((columns, rows) -> rows.forEach(row -> {
            var version = mapping.versionAfter(mapping.expectedVersion(row.stored()));
            one.markDeleted(row.stored(), executor);
            executor.tracker().inserted(row.values());
            mapping.markReplaced(row.values(), columns, version);
        }));
    }

    /** Inserts the new records, then updates the rows of the others with their modified columns. */
    private void save(Collection<R> records, Executor executor) {
        RowCheck.each(records, record -> {
            if (RecordAccess.isNew(record)) {
                one.prepareInsert(record);
            } else {
                one.requireStored(record);
            }
        });
        refuseSameRow(records);
        var distinct = distinct(records);
        var added = distinct.stream().filter(RecordAccess::isNew).toList();
        distinct.stream().filter(record -> !RecordAccess.isNew(record)).forEach(executor.tracker()::beforeWrite);
        var updates = prepareUpdates(records);
        if (added.isEmpty() && updates.isEmpty()) {
            return;
        }
        var ids = executor.atomically(session -> {
            var generated = new BatchInsert<>(mapping).write(added, session);
            updates.forEach((columns, modified) ->
                    writeColumns(StatementKind.UPDATE, ValuesJoin::update, rows(modified), columns, session));
            return generated;
        });
        ids.forEach(generated -> generated.setOnRecords(executor));
        updates.forEach((columns, modified) -> modified.forEach(record -> one.markUpdated(record, columns, executor)));
    }

    /** Prepares the updates, and returns the modified records by their modified columns. */
    private Map<BitSet, List<R>> prepareUpdates(Collection<R> records) {
        Map<BitSet, List<R>> updates = new LinkedHashMap<>();
        Set<R> distinct = new IdentitySet<>();
        RowCheck.each(records, record -> {
            if (RecordAccess.isNew(record) || !distinct.add(record)) {
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

    private List<Replacement<R>> rows(List<R> records) {
        return records.stream().map(record -> new Replacement<>(record, record)).toList();
    }

    /** Writes these columns of each row, or deletes it, in chunks. */
    private void writeColumns(
            StatementKind kind,
            BiFunction<ValuesJoin, Integer, String> statement,
            List<Replacement<R>> rows,
            BitSet columns,
            Executor session) {
        var values = WriteColumns.fields(rows.getFirst().values(), columns);
        var join = new ValuesJoin(mapping.dsl(), mapping.table(), one.identifying(), values);
        var limit = ChunkSplitter.Limit.ofStatement(session);
        var mostRows = Math.max(1, Math.min(limit.rows(), limit.text() / join.width()));
        var texts = new HashMap<Integer, String>(); // most chunks have the same number of rows
        for (var chunk : chunks(rows, columns, join, mostRows, limit.bytes())) {
            var text = texts.computeIfAbsent(chunk.size(), size -> statement.apply(join, size));
            var call = SqlCommand.write(kind, mapping.table(), text, binds(chunk, columns));
            var recurs = chunk.size() == mostRows || chunk.size() == 1;
            if (session.run(recurs ? call : call.unpooled()) < chunk.size()) {
                throw one.stale(kind);
            }
        }
    }

    private BindValues binds(List<Replacement<R>> chunk, BitSet columns) {
        var binds = new BindValues();
        for (var row : chunk) {
            binds.addAll(one.identification(row.stored())).addAll(WriteColumns.values(row.values(), columns, mapping));
        }
        return binds;
    }

    private List<List<Replacement<R>>> chunks(
            List<Replacement<R>> rows, BitSet columns, ValuesJoin join, int mostRows, long mostBytes) {
        var chunks = new ArrayList<List<Replacement<R>>>();
        List<Replacement<R>> chunk = new ArrayList<>();
        long bytes = 0;
        for (var row : rows) {
            var more = bytes(row, columns, join);
            if (!chunk.isEmpty() && (chunk.size() == mostRows || bytes + more > mostBytes)) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(row);
            bytes += more;
        }
        chunks.add(chunk);
        return chunks;
    }

    private long bytes(Replacement<R> row, BitSet columns, ValuesJoin join) {
        long bytes = join.width();
        for (Field<?> field : one.identifying()) {
            bytes += mapping.codec(field).bytes(row.stored().original(field));
        }
        for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
            bytes += mapping.codec(i).bytes(row.values().get(i));
        }
        return bytes;
    }

    /** Returns the records without duplicates. */
    private static <R> List<R> distinct(Collection<R> records) {
        Set<R> distinct = new IdentitySet<>();
        distinct.addAll(records);
        return List.copyOf(distinct);
    }

    /**
     * Refuses two records of one row, by keys that are equal in Java. If the keys are equal only under the collation,
     * the second update finds no row, and fails with a StaleRecord.
     */
    @SuppressWarnings("ReferenceEquality")
    private void refuseSameRow(Collection<R> records) {
        var byKey = new HashMap<List<Object>, R>();
        RowCheck.each(records, record -> {
            if (RecordAccess.isNew(record)) {
                return;
            }
            var first = byKey.putIfAbsent(one.originalKey(record), record);
            if (first != null && first != record) {
                throw new IllegalArgumentException("This record has the same row of "
                        + mapping.table().getName()
                        + " as an earlier record of this call. Pass only one of them.");
            }
        });
    }
}
