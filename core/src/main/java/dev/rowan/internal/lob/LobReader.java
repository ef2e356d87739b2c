package dev.rowan.internal.lob;

import dev.rowan.error.NotFound;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.SqlCommand;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** A stream of a large value that reads it from the database in pieces, each when the one before it is used up. */
final class LobReader extends InputStream {

    /** The bytes of a piece. It is large because the server scans the value from its start for every piece. */
    private static final int BYTES = 8 << 20;

    /** The characters of a piece; a character has up to four bytes. */
    private static final int CHARACTERS = 2 << 20;

    private static final Codec NUMBER = Codec.of(SQLDataType.BIGINT);

    private final Executor session;
    private final Table<?> table;
    private final String text;
    private final BindValues key;
    private final boolean isText;
    private final int size;
    private final boolean isPresent;
    private boolean open = true;
    private byte[] piece = new byte[0];
    private int position;
    private long fetched;
    private boolean atEnd;

    /**
     * @param text the SELECT; its bind values are the position of the first byte or character, their number, and the
     *     key
     */
    LobReader(Executor session, Table<?> table, String text, BindValues key, boolean isText) {
        this.session = session;
        this.table = table;
        this.text = text;
        this.key = key;
        this.isText = isText;
        this.size = isText ? CHARACTERS : BYTES;
        this.isPresent = fetch();
    }

    /** Returns whether there is such a row, and its value is not NULL. */
    boolean isPresent() {
        return isPresent;
    }

    /** Ends the stream, after the body that read it has returned. */
    void end() {
        open = false;
        piece = new byte[0];
    }

    @Override
    public int read() {
        return hasMore() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        var count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, into, offset, count);
        position += count;
        return count;
    }

    private boolean hasMore() {
        if (!open) {
            throw new IllegalStateException(
                    "The stream has ended with the body that it was given to. Read the value inside the body.");
        }
        if (position == piece.length && !atEnd && !fetch()) {
            throw new NotFound("The row was deleted while its value was read. Lock it first, or read it in"
                    + " isolation REPEATABLE READ.");
        }
        return position < piece.length;
    }

    private Optional<byte[]> readPiece(ResultSet row) throws SQLException {
        return isText
                ? Optional.ofNullable(row.getString(1)).map(part -> part.getBytes(StandardCharsets.UTF_8))
                : Optional.ofNullable(row.getBytes(1));
    }

    /** Reads the next piece, and returns whether there is a value. */
    private boolean fetch() {
        piece = new byte[0]; // frees the piece before the next one is read
        position = 0;
        var binds = new BindValues()
                .add(NUMBER, fetched + 1)
                .add(NUMBER, (long) size)
                .addAll(key);
        var read = session.run(SqlCommand.first(table, text, binds, this::readPiece))
                .flatMap(content -> content);
        if (read.isEmpty()) {
            return false;
        }
        piece = read.get();
        var length = isText ? characters(piece) : piece.length;
        fetched += length;
        atEnd = length < size;
        return true;
    }

    /** Returns the number of characters: of the bytes that begin one. */
    private static int characters(byte[] utf8) {
        int count = 0;
        for (var each : utf8) {
            if ((each & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
