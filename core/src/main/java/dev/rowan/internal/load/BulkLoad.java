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
 * Writes a stream of rows in one transaction, chunk by chunk, so that its length does not matter.
 *
 * <p>LOAD DATA LOCAL makes warnings of what an insert refuses, and passes over rows or bends values. So a chunk is taken
 * only if the server had nothing to say to it. Otherwise it is taken back and its rows are inserted: the one that is to
 * blame is then refused as any insert is.
 */
public final class BulkLoad<R extends KeyedRecord<R>> {

    /** The rows of a file are kept until it is taken; larger ones gain nothing. */
    private static final ChunkSplitter.Limit FILE = new ChunkSplitter.Limit(10_000, Integer.MAX_VALUE, 16 << 20);

    private final TableMapping<R> mapping;
    private final BatchInsert<R> inserts;

    public BulkLoad(TableMapping<R> mapping) {
        this.mapping = mapping;
        this.inserts = new BatchInsert<>(mapping);
    }

    public LoadResult load(BulkRows<R> rows, Executor executor) {
        return executor.withInfile((session, files) -> {
            if (files && isFile(rows.columns()) && allowsFiles(session)) {
                return loadFiles(rows, session);
            }
            return new LoadResult(insert(rows, 0, session), Form.INSERTS);
        });
    }

    private LoadResult loadFiles(BulkRows<R> rows, Executor session) {
        var form = Form.INSERTS;
        long written = 0;
        for (var chunks = chunks(rows, FILE); chunks.hasNext(); ) {
            var chunk = chunks.next();
            if (isTaken(chunk, session)) {
                form = Form.LOAD_DATA;
                written += chunk.rows().size();
            } else {
                written = insert(chunk.rows().iterator(), written, session);
            }
        }
        return new LoadResult(written, form);
    }

    private long insert(Iterator<R> rows, long before, Executor session) {
        return inserts.writeEach(chunks(rows, ChunkSplitter.Limit.ofStatement(session)), before, session, ids -> {});
    }

    private ChunkSplitter<R> chunks(Iterator<R> rows, ChunkSplitter.Limit limit) {
        return new ChunkSplitter<>(mapping, rows, limit, written -> written);
    }

    /** A file cannot say DEFAULT, which is all that a row of no columns says. */
    private boolean isFile(BitSet columns) {
        return !columns.isEmpty()
                && columns.stream().mapToObj(mapping.table()::field).allMatch(LoadDataSql::takes);
    }

    /** Sends a chunk as a file, and says whether every row was taken as it is; if not, none was. */
    private boolean isTaken(InsertChunk<R> chunk, Executor session) {
        if (LoadDataSql.losesNull(chunk, mapping)) {
            return false;
        }
        try {
            return session.atomically(savepoint -> {
                if (savepoint.run(file(chunk))) {
                    return true;
                }
                throw new InvalidValue("load into " + mapping.table().getName() + ": a row is refused.", null, null);
            });
        } catch (DatabaseException e) {
            if (!ChunkWriter.isRefused(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Returns the call that sends a chunk as a file, and answers whether every row was taken as it is. */
    private SqlCommand<Boolean> file(InsertChunk<R> chunk) {
        var file = new InfileStream<>(chunk, mapping);
        return SqlCommand.write(
                        StatementKind.INSERT,
                        mapping.table(),
                        LoadDataSql.text(mapping, chunk.fields()),
                        new BindValues(),
                        executed -> {
                            file.requireWhole();
                            return executed.getLargeUpdateCount()
                                            == chunk.rows().size()
                                    && executed.getWarnings() == null;
                        })
                .with(statement -> LocalInfile.set(statement, file));
    }

    private boolean allowsFiles(Executor session) {
        return session.run(SqlCommand.query(mapping.table(), "select @@local_infile", new BindValues(), answer -> {
            answer.next();
            return answer.getBoolean(1);
        }));
    }
}
