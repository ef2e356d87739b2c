package dev.rowan;

import dev.rowan.error.InvalidValue;
import java.util.BitSet;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream of rows in one transaction, chunk by chunk, so that its length does not matter.
 *
 * <p>LOAD DATA LOCAL makes warnings of what an insert refuses, and passes over rows or bends values. So a chunk is taken
 * only if the server had nothing to say to it. Otherwise it is taken back, and its rows are inserted one by one: the one
 * that is to blame is then refused as any insert is.
 */
final class Load<R extends Row<R>> {

    /** A file is kept in memory until it is sent; larger ones gain nothing. */
    private static final Chunks.Limit FILE = new Chunks.Limit(10_000, Integer.MAX_VALUE, 16 << 20);

    private final Mapping<R> mapping;
    private final MultiInsert<R> inserts;
    private final Consumer<R> check;
    private @Nullable BitSet columns;
    private long rows;

    /** @param check refuses a record that is not one to insert */
    Load(Mapping<R> mapping, Consumer<R> check) {
        this.mapping = mapping;
        this.check = check;
        this.inserts = new MultiInsert<>(mapping);
    }

    Loaded load(Iterator<R> records, Channel channel) {
        return channel.once((session, files) -> {
            var file = files && allowsFiles(session);
            var limit = file ? FILE : Chunks.Limit.ofStatement(session);
            var chunks = new Chunks<>(mapping, checked(records), limit, written -> written);
            var write = file ? (ChunkWrite<R, Object>) this::sendFile : (ChunkWrite<R, Object>) inserts::write;
            var written = write.writeEach(chunks, session, answer -> {});
            return new Loaded(written, file ? Loaded.Form.LOAD_DATA : Loaded.Form.INSERTS);
        });
    }

    private Object sendFile(Chunk<R> chunk, Channel session) {
        if (chunk.rows().size() == 1
                || isOfDefaults()
                || !chunk.fields().stream().allMatch(LoadFile::takes)) return inserts.write(chunk, session);
        return session.atomically(savepoint -> {
            if (!savepoint.run(file(chunk)))
                throw new InvalidValue("load into " + mapping.table().getName() + ": a row is refused.", null, null);
            return true;
        });
    }

    /** A file cannot say DEFAULT. */
    private boolean isOfDefaults() {
        return columns == null || columns.isEmpty();
    }

    /** Returns the call that sends a chunk as a file, and answers whether every row was taken as it is. */
    private Call<Boolean> file(Chunk<R> chunk) {
        return Call.write(
                        Verb.INSERT,
                        mapping.table(),
                        LoadFile.text(mapping, chunk.fields()),
                        new Binds(),
                        executed ->
                                executed.getLargeUpdateCount() == chunk.rows().size() && executed.getWarnings() == null)
                .with(statement -> LoadFile.send(chunk, mapping, statement));
    }

    private boolean allowsFiles(Channel session) {
        return session.run(Call.query(mapping.table(), "select @@local_infile", new Binds(), answer -> {
            answer.next();
            return answer.getBoolean(1);
        }));
    }

    private Iterator<R> checked(Iterator<R> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public R next() {
                return checked(records.next());
            }
        };
    }

    private R checked(R record) {
        rows++;
        check.accept(record);
        var written = Chunk.written(mapping, record);
        if (columns == null) columns = written;
        if (!columns.equals(written))
            throw new IllegalArgumentException("Row " + rows + " was given other columns of "
                    + mapping.table().getName()
                    + " than row 1. Set the same on each, to null where there is no value.");
        return record;
    }
}
