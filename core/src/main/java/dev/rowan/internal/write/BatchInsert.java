package dev.rowan.internal.write;

import dev.rowan.internal.driver.GeneratedKeys;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.BitSet;
import java.util.List;

/** Inserts many rows, in their order, by as few statements as hold them. */
public final class BatchInsert<R extends KeyedRecord<R>> implements ChunkWriter<R, BatchInsert.Ids<R>> {

    /** The ids that the server made for a chunk: each so much larger than the one before. */
    public record Ids<R extends KeyedRecord<R>>(InsertChunk<R> chunk, long first, long step) {

        void fillIn(Executor executor) {
            var id = first;
            for (var row : chunk.rows()) {
                executor.tracker().inserted(row);
                chunk.mapping().inserted(row, id);
                id += step;
            }
        }
    }

    private final TableMapping<R> mapping;

    public BatchInsert(TableMapping<R> mapping) {
        this.mapping = mapping;
    }

    /** Inserts the rows, all or none, and fills in the ids that the server made. */
    public void insert(List<R> rows, Executor executor) {
        write(rows, executor).forEach(ids -> ids.fillIn(executor));
    }

    /** Inserts the rows, all or none, and returns the ids that the server made. */
    public List<Ids<R>> write(List<R> rows, Executor executor) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var limit = ChunkSplitter.Limit.ofStatement(executor);
        var chunks = new ChunkSplitter<>(mapping, rows.iterator(), limit, this::givesId).toList();
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

    /** Ids that are given and ids that the server makes stand in no one statement: only the latter are in sequence. */
    private boolean givesId(BitSet columns) {
        var identity = mapping.identityIndex();
        return identity >= 0 && columns.get(identity);
    }
}
