package dev.rowan;

import java.util.BitSet;
import java.util.List;

/** Inserts many rows, in their order, by as few statements as hold them. */
final class MultiInsert<R extends Row<R>> implements ChunkWrite<R, MultiInsert.Ids<R>> {

    /** The ids that the server made for a chunk: each so much larger than the one before. */
    record Ids<R extends Row<R>>(Chunk<R> chunk, long first, long step) {

        void fillIn(Channel channel) {
            var id = first;
            for (var row : chunk.rows()) {
                channel.tracker().inserted(row);
                chunk.mapping().inserted(row, id);
                id += step;
            }
        }
    }

    private final Mapping<R> mapping;

    MultiInsert(Mapping<R> mapping) {
        this.mapping = mapping;
    }

    /** Inserts the rows, all or none, and fills in the ids that the server made. */
    void insert(List<R> rows, Channel channel) {
        write(rows, channel).forEach(ids -> ids.fillIn(channel));
    }

    /** Inserts the rows, all or none, and returns the ids that the server made. */
    List<Ids<R>> write(List<R> rows, Channel channel) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var limit = Chunks.Limit.ofStatement(channel);
        var chunks = new Chunks<>(mapping, rows.iterator(), limit, this::givesId).toList();
        return writeAll(chunks, channel);
    }

    @Override
    public Ids<R> write(Chunk<R> chunk, Channel channel) {
        return channel.run(chunk.call(
                Verb.INSERT,
                chunk.text(),
                executed -> new Ids<>(
                        chunk,
                        GeneratedKey.of(executed),
                        chunk.isNumbered() && chunk.rows().size() > 1
                                ? channel.keyStep(executed.getConnection())
                                : 0)));
    }

    /** Ids that are given and ids that the server makes stand in no one statement: only the latter are in sequence. */
    private boolean givesId(BitSet columns) {
        var identity = mapping.identityIndex();
        return identity >= 0 && columns.get(identity);
    }
}
