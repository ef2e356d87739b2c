package dev.rowan.internal.write;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts rows into chunks that are as large as a statement may be, without changing their order. Reads no row too early. */
public final class ChunkSplitter<R extends KeyedRecord<R>> implements Iterator<InsertChunk<R>> {

    /**
     * How large a chunk may be; one row that is larger goes alone.
     *
     * @param text characters that the rows take in the text of a statement, where each value is a place
     * @param bytes what their values take in a packet
     */
    public record Limit(int rows, int text, long bytes) {

        /** More rows in a statement gain nothing. */
        private static final int MOST_ROWS = 1_000;

        /**
         * The driver keeps texts of up to {@link dev.rowan.internal.connection.HikariConnections#LONGEST_PREPARED}
         * characters prepared, and to prepare a longer one for each chunk costs as much as to run it. The rest is for what
         * stands around the rows.
         */
        private static final int LONGEST_ROWS = 14_000;

        /** A megabyte of values, or half of a smaller packet: the rest is for the text. */
        private static final int MOST_BYTES = 1 << 20;

        public static Limit ofStatement(Executor executor) {
            return new Limit(
                    MOST_ROWS,
                    LONGEST_ROWS,
                    Math.min(MOST_BYTES, executor.statements().largestPacket() / 2));
        }
    }

    private static final int PARENTHESES = "(), ".length();
    private static final int PLACE = "?, ".length();
    private static final int LONGEST_PLACE = "DEFAULT, ".length();

    private final TableMapping<R> mapping;
    private final Iterator<R> rows;
    private final Limit limit;
    private final Function<BitSet, Object> kind;
    private @Nullable R ahead;

    /**
     * Splits rows.
     *
     * @param kind what all rows of a chunk share, by the columns that are written
     */
    public ChunkSplitter(TableMapping<R> mapping, Iterator<R> rows, Limit limit, Function<BitSet, Object> kind) {
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
    public InsertChunk<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var chunk = new ArrayList<R>();
        var given = new ArrayList<BitSet>();
        Object kindOfChunk = null;
        long text = 0;
        long bytes = 0;
        while (hasNext()) {
            var row = ahead != null ? ahead : rows.next();
            ahead = null;
            var written = InsertChunk.written(mapping, row);
            var moreText = PARENTHESES + (long) PLACE * written.cardinality();
            var moreBytes = bytes(row, written);
            var fits = chunk.size() < limit.rows()
                    && text + moreText <= limit.text()
                    && bytes + moreBytes <= limit.bytes();
            if (!chunk.isEmpty() && !(fits && kind.apply(written).equals(kindOfChunk))) {
                ahead = row;
                break;
            }
            kindOfChunk = kind.apply(written);
            chunk.add(row);
            var again = !given.isEmpty() && given.getLast().equals(written);
            given.add(again ? given.getLast() : written); // they are kept as long as the rows
            text += moreText;
            bytes += moreBytes;
        }
        var full = chunk.size() == limit.rows() || text + text / chunk.size() > limit.text();
        return new InsertChunk<>(mapping, chunk, given, full || chunk.size() == 1);
    }

    /** Returns the rest. */
    List<InsertChunk<R>> toList() {
        var chunks = new ArrayList<InsertChunk<R>>();
        forEachRemaining(chunks::add);
        return chunks;
    }

    private long bytes(R row, BitSet written) {
        long bytes = PARENTHESES + (long) LONGEST_PLACE * row.size();
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
            bytes += mapping.codec(i).bytes(row.get(i));
        }
        return bytes;
    }
}
