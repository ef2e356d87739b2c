package dev.rowan.internal.write;

import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;

/** Inserts many rows, in their order, by as few statements as possible. Immutable. */
public final class BatchInsert<R extends KeyedRecord<R>> implements ChunkWriter<R, BatchInsert.Ids<R>> {

    /**
     * The ids that the server generated for the rows of a chunk.
     *
     * @param first the id of the first row; 0 for none
     * @param step the difference between an id and the next
     */
    public record Ids<R extends KeyedRecord<R>>(InsertChunk<R> chunk, long first, long step) {

        /** Marks the records as inserted, with these ids. */
        void setOnRecords(Executor executor) {
            var id = first;
            for (int i = 0; i < chunk.rows().size(); i++) {
                var row = chunk.rows().get(i);
                executor.tracker().inserted(row);
                chunk.mapping().markInserted(row, id, chunk.given(i));
                id += step;
            }
        }
    }

    private final TableMapping<R> mapping;

    /** Inserts rows of a table. */
    public BatchInsert(TableMapping<R> mapping) {
        this.mapping = mapping;
    }

    /** Inserts the rows atomically, and marks the records as inserted. */
    public void insert(List<R> rows, Executor executor) {
        write(rows, executor).forEach(ids -> ids.setOnRecords(executor));
    }

    /** Inserts the rows atomically, and returns the ids that the server generated; the records stay as they are. */
    public List<Ids<R>> write(List<R> rows, Executor executor) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var limit = ChunkSplitter.Limit.ofStatement(executor);
        var chunks = new ChunkSplitter<>(mapping, rows.iterator(), limit, this::setsId).toList();
        return writeAll(chunks, executor);
    }

    @Override
    public Ids<R> write(InsertChunk<R> chunk, Executor executor) {
        return executor.run(chunk.call(
                StatementKind.INSERT,
                chunk.text(),
                executed -> new Ids<>(
                        chunk,
                        GeneratedKeys.of(executed),
                        chunk.isNumbered() && chunk.rows().size() > 1
                                ? executor.keyStep(executed.getConnection())
                                : 0)));
    }

    /**
     * Returns whether a row sets its id. Rows that do and rows that do not are in different statements: otherwise the
     * generated ids would not be in sequence.
     */
    private boolean setsId(BitSet columns) {
        var identity = mapping.identityIndex();
        return identity >= 0 && columns.get(identity);
    }
}
