package dev.rowan.internal.lob;

import dev.rowan.internal.codec.ValueCheck;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * The stream that the driver sends. It keeps its failure, which the driver loses, and fails if the value is too large.
 */
final class LobWriter extends FilterInputStream {

    private final Field<?> column;
    private final long mostBytes;
    private long read;
    private @Nullable Exception failure;

    /** @param mostBytes the most bytes that the value may have */
    LobWriter(InputStream content, Field<?> column, long mostBytes) {
        super(content);
        this.column = column;
        this.mostBytes = mostBytes;
    }

    /** Throws the failure of the stream, if it failed. */
    void rethrowFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case CharacterCodingException e -> throw ValueCheck.invalidValue(column, ValueCheck.UNPAIRED);
            case IOException e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            var count = in.read(bytes, offset, length);
            read += Math.max(0, count);
            if (read > mostBytes) {
                throw ValueCheck.invalidValue(
                        column,
                        "is larger than the " + mostBytes + " bytes that its column or the server's max_allowed_packet"
                                + " allows. Widen the column, or raise max_allowed_packet.");
            }
            return count;
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Does nothing: the caller closes the stream. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "a stream";
    }
}
