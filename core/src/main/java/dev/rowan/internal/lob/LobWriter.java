package dev.rowan.internal.lob;

import dev.rowan.internal.codec.ValueCheck;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A stream that the driver sends. It keeps what went wrong, as the driver does not, and ends a value that is too large. */
final class LobWriter extends FilterInputStream {

    private final Field<?> column;
    private final long most;
    private long read;
    private @Nullable Exception failure;

    /** @param most how many bytes the value may have */
    LobWriter(InputStream content, Field<?> column, long most) {
        super(content);
        this.column = column;
        this.most = most;
    }

    /** Throws what ended the stream before its end, if something did. */
    void rethrow() throws IOException {
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
            if (read > most) {
                throw ValueCheck.invalidValue(
                        column,
                        "is larger than the " + most + " bytes that its column, or the server in one piece, takes."
                                + " Widen the column, or raise the server's max_allowed_packet.");
            }
            return count;
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** The stream is the caller's to close. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "a stream";
    }
}
