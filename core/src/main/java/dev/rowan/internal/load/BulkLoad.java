package dev.rowan.internal.load;

import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidValue;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.driver.LocalInfile;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.failure.StatementKind;
import dev.rowan.internal.statement.SqlCommand;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.write.BatchInsert;
import dev.rowan.internal.write.ChunkSplitter;
import dev.rowan.internal.write.ChunkWriter;
import dev.rowan.internal.write.InsertChunk;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.LoadResult;
import dev.rowan.result.LoadResult.Form;
import java.util.BitSet;
import java.util.Iterator;

/**
 * Loads a stream of rows in one transaction, chunk by chunk, so that memory does not hold all rows. Immutable.
 *
 * <p>LOAD DATA LOCAL is faster than inserts. But it turns an insert's errors into warnings, and skips rows or changes
 * values. So a chunk that is sent as a file is kept only if the server reports no warning. Otherwise it is rolled back,
 * and its rows are inserted: then the bad row is refused with an insert's error.
 */
public final class BulkLoad<R extends KeyedRecord<R>> {

    /** The limit of a file. Its rows stay in memory until the server has taken them; larger files are not faster. */
    private static final ChunkSplitter.Limit FILE = new ChunkSplitter.Limit(10_000, Integer.MAX_VALUE, 16 << 20);

    private final TableMapping<R> mapping;
    private final BatchInsert<R> inserts;

    /** Loads rows of a table. */
    public BulkLoad(TableMapping<R> mapping) {
        this.mapping = mapping;
        this.inserts = new BatchInsert<>(mapping);
    }

    /** Loads all rows, by LOAD DATA LOCAL if the connection, the columns and the server allow it. */
    public LoadResult load(BulkRows<R> rows, Executor executor) {
        return executor.withInfile(
                canSend(rows.columns()),
                (session, isInfile) ->
                        isInfile ? loadFiles(rows, session) : new LoadResult(insert(rows, 0, session), Form.INSERTS));
    }

    /**
     * Returns whether rows of these columns can be sent as a file, which cannot express DEFAULT for a row of no
     * columns.
     */
    private boolean canSend(BitSet columns) {
        return !columns.isEmpty()
                && columns.stream().mapToObj(mapping.table()::field).allMatch(LoadDataSql::supports);
    }

    private LoadResult loadFiles(BulkRows<R> rows, Executor session) {
        var form = Form.INSERTS;
        long written = 0;
        for (var chunks = chunks(rows, FILE); chunks.hasNext(); ) {
            var chunk = chunks.next();
            if (loadFile(chunk, session)) {
                form = Form.LOAD_DATA;
                written += chunk.rows().size();
            } else {
                written = insert(chunk.rows().iterator(), written, session);
            }
        }
        return new LoadResult(written, form);
    }

    /** Loads a chunk as a file, and returns whether the server took every row unchanged; if not, it took none. */
    private boolean loadFile(InsertChunk<R> chunk, Executor session) {
        if (LoadDataSql.losesNull(chunk, mapping)) {
            return false;
        }
        try {
            return session.atomically(savepoint -> {
                var lines = new InfileStream<>(chunk, mapping);
                try (var file = new LocalInfile(lines)) {
                    if (savepoint.run(loadData(chunk, lines, file))) {
                        return true;
                    }
                }
                throw new InvalidValue("load into " + mapping.table().getName() + ": a row is refused.", null, null);
            });
        } catch (DatabaseException e) {
            if (!ChunkWriter.isAboutRow(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Returns the LOAD DATA of a chunk. Its answer is whether the server took every row without a warning. */
    private SqlCommand<Boolean> loadData(InsertChunk<R> chunk, InfileStream<R> lines, LocalInfile file) {
        return SqlCommand.write(
                        StatementKind.INSERT,
                        mapping.table(),
                        LoadDataSql.text(mapping, chunk.fields()),
                        new BindValues(),
                        executed -> {
                            file.close(); // before the driver asks for the warnings
                            lines.rethrowFailure();
                            return executed.getLargeUpdateCount()
                                            == chunk.rows().size()
                                    && executed.getWarnings() == null;
                        })
                .with(file::sendBy);
    }

    /** Inserts rows, and returns the number of rows with those written before. */
    private long insert(Iterator<R> rows, long before, Executor session) {
        return inserts.writeEach(chunks(rows, ChunkSplitter.Limit.ofStatement(session)), before, session, ids -> {});
    }

    private ChunkSplitter<R> chunks(Iterator<R> rows, ChunkSplitter.Limit limit) {
        return new ChunkSplitter<>(mapping, rows, limit, written -> written);
    }
}
