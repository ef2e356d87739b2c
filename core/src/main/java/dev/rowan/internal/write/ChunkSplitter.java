package dev.rowan.internal.write;

import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.table.TableMapping;
import dev.rowan.internal.table.WriteColumns;
import dev.rowan.record.KeyedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Splits rows into chunks that are as large as a statement may be, and keeps their order. Rows are read lazily, one
 * ahead of the current chunk at most. Not thread-safe.
 */
public final class ChunkSplitter<R extends KeyedRecord<R>> implements Iterator<InsertChunk<R>> {

    /**
     * The largest size of a chunk. A row that is larger is a chunk of its own.
     *
     * @param text the characters of the rows in the SQL, where each value is a placeholder
     * @param bytes the bytes of the values in a packet
     */
    public record Limit(int rows, int text, long bytes) {

        /** The most rows of a statement; more are not faster. */
        private static final int MOST_ROWS = 1_000;

        /**
         * The most characters of the rows. The driver caches prepared statements of up to
         * {@link dev.rowan.internal.connection.HikariConnections#LONGEST_PREPARED} characters; preparing a longer one
         * for each chunk takes as long as running it. The difference is for the text around the rows.
         */
        private static final int LONGEST_ROWS = 14_000;

        /** The most bytes of values, if the packet allows: half of a packet is left for the text. */
        private static final int MOST_BYTES = 1 << 20;

        /** Returns the limit of a statement that the executor runs. */
        public static Limit ofStatement(Executor executor) {
            return new Limit(
                    MOST_ROWS,
                    LONGEST_ROWS,
                    Math.min(MOST_BYTES, executor.statements().largestPacket() / 2));
        }
    }

    private static final int PARENTHESES = "(), ".length();
    private static final int PLACEHOLDER = "?, ".length();
    private static final int LONGEST_PLACEHOLDER = "DEFAULT, ".length();

    private final TableMapping<R> mapping;
    private final Iterator<R> rows;
    private final Limit limit;
    private final Function<BitSet, Object> kind;
    private @Nullable R ahead;

    /**
     * Splits rows.
     *
     * @param kind maps the columns that a row writes to a kind; all rows of a chunk have the same kind
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
            var written = WriteColumns.given(row, mapping);
            var moreText = PARENTHESES + (long) PLACEHOLDER * written.cardinality();
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
            given.add(again ? given.getLast() : written); // shares equal sets, as they live as long as the rows
            text += moreText;
            bytes += moreBytes;
        }
        var full = chunk.size() == limit.rows() || text + text / chunk.size() > limit.text();
        return new InsertChunk<>(mapping, chunk, given, full || chunk.size() == 1);
    }

    /** Returns the remaining chunks. */
    List<InsertChunk<R>> toList() {
        var chunks = new ArrayList<InsertChunk<R>>();
        forEachRemaining(chunks::add);
        return chunks;
    }

    private long bytes(R row, BitSet written) {
        long bytes = PARENTHESES + (long) LONGEST_PLACEHOLDER * row.size();
        for (int i = written.nextSetBit(0); i >= 0; i = written.nextSetBit(i + 1)) {
            bytes += mapping.codec(i).bytes(row.get(i));
        }
        return bytes;
    }
}
