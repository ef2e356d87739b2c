package dev.rowan.internal.lob;

import dev.rowan.internal.codec.ValueCheck;
import dev.rowan.internal.driver.SendBuffer;
import dev.rowan.internal.executor.Executor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * The stream that the driver sends. It keeps its failure, which the driver loses, and fails if the value is too large.
 *
 * <p>The caller's stream may run statements on the same connection, for example if it reads another large value: the
 * driver's message is set aside meanwhile.
 */
final class LobWriter extends FilterInputStream {

    private final Field<?> column;
    private final long mostBytes;
    private final Executor session;

    /** The buffer of the connection that sends the stream; null before the statement is prepared. */
    private @Nullable SendBuffer buffer;

    private long read;
    private @Nullable Exception failure;

    /**
     * Makes the stream.
     *
     * @param mostBytes the most bytes that the value may have
     * @param session runs the statement that sends it
     */
    LobWriter(InputStream content, Field<?> column, long mostBytes, Executor session) {
        super(content);
        this.column = column;
        this.mostBytes = mostBytes;
        this.session = session;
    }

    /** Lets a statement send the stream when it is executed. */
    void sendBy(PreparedStatement statement) throws SQLException {
        statement.setPoolable(false); // the server keeps the sent value until the statement is closed
        buffer = SendBuffer.of(statement.getConnection());
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
            var count = readContent(bytes, offset, length);
            if (count < 0) {
                session.check(); // a statement of the stream may have ended the transaction
            }
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

    private int readContent(byte[] bytes, int offset, int length) throws IOException {
        var message = Objects.requireNonNull(buffer).setAside();
        try {
            return in.read(bytes, offset, length);
        } finally {
            message.putBack();
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
