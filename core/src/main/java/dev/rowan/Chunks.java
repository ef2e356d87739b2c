package dev.rowan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts rows into chunks that are as large as a statement may be, without changing their order. Reads no row too early. */
final class Chunks<R extends Row<R>> implements Iterator<Chunk<R>> {

    /** How large a chunk may be; one row that is larger goes alone. */
    record Limit(int rows, int places, long bytes) {

        /** More rows in a statement gain nothing; the protocol counts the places of a prepared one in two bytes. */
        static Limit ofStatement(Channel channel) {
            return new Limit(
                    1_000, 65_535, Math.min(1 << 20, channel.statements().largestPacket() / 2));
        }
    }

    private final Mapping<R> mapping;
    private final Iterator<R> rows;
    private final Limit limit;
    private final Function<BitSet, Object> kind;
    private @Nullable R ahead;

    /** @param kind what all rows of a chunk share, by the columns that are written */
    Chunks(Mapping<R> mapping, Iterator<R> rows, Limit limit, Function<BitSet, Object> kind) {
        this.mapping = mapping;
        this.rows = rows;
        this.limit = limit;
        this.kind = kind;
    }

    @Override
    public boolean hasNext() {
        return ahead != null || rows.hasNext();
    }

    @Override
    public Chunk<R> next() {
        if (!hasNext()) throw new NoSuchElementException();
        var chunk = new ArrayList<R>();
        Object kindOfChunk = null;
        long places = 0;
        long bytes = 0;
        while (hasNext()) {
            var row = ahead != null ? ahead : rows.next();
            ahead = null;
            var written = Chunk.written(mapping, row);
            places += written.cardinality();
            bytes += bytes(row, written);
            var fits = chunk.size() < limit.rows() && places <= limit.places() && bytes <= limit.bytes();
            if (!chunk.isEmpty() && !(fits && kind.apply(written).equals(kindOfChunk))) {
                ahead = row;
                break;
            }
            kindOfChunk = kind.apply(written);
            chunk.add(row);
        }
        return new Chunk<>(mapping, chunk);
    }

    /** Returns the rest. */
    List<Chunk<R>> toList() {
        var chunks = new ArrayList<Chunk<R>>();
        forEachRemaining(chunks::add);
        return chunks;
    }

    private long bytes(R row, BitSet written) {
        // parentheses, and a place or DEFAULT with its comma for each column
        long bytes = 4 + 9L * row.size();
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1))
            bytes += mapping.codec(i).bytes(row.get(i));
        return bytes;
    }
}
