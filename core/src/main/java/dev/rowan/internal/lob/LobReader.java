package dev.rowan.internal.lob;

import dev.rowan.error.NotFound;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.internal.codec.Codec;
import dev.rowan.internal.executor.Executor;
import dev.rowan.internal.statement.SqlCommand;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** One large value as a stream, of which a piece is read from the database when the one before it is used up. */
final class LobReader extends InputStream {

    /** For each piece, the server goes over all that is before it again: no smaller. */
    private static final int BYTES = 8 << 20;

    /** Of up to four bytes each. */
    private static final int CHARACTERS = 2 << 20;

    private static final Codec NUMBER = Codec.of(SQLDataType.BIGINT);

    private final Executor session;
    private final Table<?> table;
    private final String text;
    private final BindValues key;
    private final boolean isText;
    private final int size;
    private final boolean isThere;
    private boolean open = true;
    private byte[] piece = new byte[0];
    private int at;
    private long taken;
    private boolean atEnd;

    /** @param text takes the place of the first byte or character, how many there are to be, and the key */
    LobReader(Executor session, Table<?> table, String text, BindValues key, boolean isText) {
        this.session = session;
        this.table = table;
        this.text = text;
        this.key = key;
        this.isText = isText;
        this.size = isText ? CHARACTERS : BYTES;
        this.isThere = fetch();
    }

    /** Says whether there is a row, with a value that is not NULL. */
    boolean isThere() {
        return isThere;
    }

    /** Ends the stream with the body that it was given to. */
    void end() {
        open = false;
        piece = new byte[0];
    }

    @Override
    public int read() {
        return hasMore() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        var count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean hasMore() {
        if (!open) {
            throw new IllegalStateException(
                    "The stream has ended with the body that it was given to. Read the value inside the body.");
        }
        if (at == piece.length && !atEnd && !fetch()) {
            throw new NotFound("The row went while a value of it was read. Lock it first, or read it in"
                    + " isolation REPEATABLE READ.");
        }
        return at < piece.length;
    }

    /** Reads the next piece, and says whether there is a value that it is of. */
    private boolean fetch() {
        piece = new byte[0]; // no two are in memory
        at = 0;
        var binds =
                new BindValues().add(NUMBER, taken + 1).add(NUMBER, (long) size).addAll(key);
        var read = session.<Optional<byte[]>>run(SqlCommand.query(table, text, binds, rows -> {
            if (!rows.next()) {
                return Optional.empty();
            }
            return isText
                    ? Optional.ofNullable(rows.getString(1)).map(part -> part.getBytes(StandardCharsets.UTF_8))
                    : Optional.ofNullable(rows.getBytes(1));
        }));
        if (read.isEmpty()) {
            return false;
        }
        piece = read.get();
        var length = isText ? characters(piece) : piece.length;
        taken += length;
        atEnd = length < size;
        return true;
    }

    /** Counts the bytes that begin a character. */
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
