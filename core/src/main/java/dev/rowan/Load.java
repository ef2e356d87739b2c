package dev.rowan;

import dev.rowan.Loaded.Form;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidValue;
import java.util.BitSet;
import java.util.Iterator;

/**
 * Writes a stream of rows in one transaction, chunk by chunk, so that its length does not matter.
 *
 * <p>LOAD DATA LOCAL makes warnings of what an insert refuses, and passes over rows or bends values. So a chunk is taken
 * only if the server had nothing to say to it. Otherwise it is taken back and its rows are inserted: the one that is to
 * blame is then refused as any insert is.
 */
final class Load<R extends Row<R>> {

    /** The rows of a file are kept until it is taken; larger ones gain nothing. */
    private static final Chunks.Limit FILE = new Chunks.Limit(10_000, Integer.MAX_VALUE, 16 << 20);

    private final Mapping<R> mapping;
    private final MultiInsert<R> inserts;

    Load(Mapping<R> mapping) {
        this.mapping = mapping;
        this.inserts = new MultiInsert<>(mapping);
    }

    Loaded load(LoadRows<R> rows, Channel channel) {
        return channel.withInfile((session, files) -> {
            if (files && isFile(rows.columns()) && allowsFiles(session)) {
                return loadFiles(rows, session);
            }
            return new Loaded(insert(rows, 0, session), Form.INSERTS);
        });
    }

    private Loaded loadFiles(LoadRows<R> rows, Channel session) {
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
        return new Loaded(written, form);
    }

    private long insert(Iterator<R> rows, long before, Channel session) {
        return inserts.writeEach(chunks(rows, Chunks.Limit.ofStatement(session)), before, session, ids -> {});
    }

    private Chunks<R> chunks(Iterator<R> rows, Chunks.Limit limit) {
        return new Chunks<>(mapping, rows, limit, written -> written);
    }

    /** A file cannot say DEFAULT, which is all that a row of no columns says. */
    private boolean isFile(BitSet columns) {
        return !columns.isEmpty()
                && columns.stream().mapToObj(mapping.table()::field).allMatch(LoadStatement::takes);
    }

    /** Sends a chunk as a file, and says whether every row was taken as it is; if not, none was. */
    private boolean isTaken(Chunk<R> chunk, Channel session) {
        if (LoadStatement.losesNull(chunk, mapping)) {
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
            if (!ChunkWrite.isRefused(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Returns the call that sends a chunk as a file, and answers whether every row was taken as it is. */
    private Call<Boolean> file(Chunk<R> chunk) {
        var file = new LoadFile<>(chunk, mapping);
        return Call.write(
                        Verb.INSERT,
                        mapping.table(),
                        LoadStatement.text(mapping, chunk.fields()),
                        new Binds(),
                        executed -> {
                            file.requireWhole();
                            return executed.getLargeUpdateCount()
                                            == chunk.rows().size()
                                    && executed.getWarnings() == null;
                        })
                .with(statement -> LoadStatement.send(file, statement));
    }

    private boolean allowsFiles(Channel session) {
        return session.run(Call.query(mapping.table(), "select @@local_infile", new Binds(), answer -> {
            answer.next();
            return answer.getBoolean(1);
        }));
    }
}
