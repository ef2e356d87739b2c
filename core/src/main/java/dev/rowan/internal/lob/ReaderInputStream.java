package dev.rowan.internal.lob;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Encodes the text of a reader as UTF-8. Half a surrogate pair fails with a
 * {@link java.nio.charset.CharacterCodingException}. The driver's own encoder would send question marks for a pair that
 * is split between two buffers. Not thread-safe.
 */
public final class ReaderInputStream extends InputStream {

    /** The characters of the buffer, as in Java's own buffered readers. */
    private static final int CHARACTERS = 8_192;

    /** The most bytes of a char: a surrogate pair, two chars, has four. */
    private static final int BYTES_PER_CHARACTER = 3;

    private final Reader text;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final CharBuffer characters = CharBuffer.allocate(CHARACTERS).limit(0);
    private final ByteBuffer bytes =
            ByteBuffer.allocate(BYTES_PER_CHARACTER * CHARACTERS).limit(0);
    private boolean atEnd;

    /** Encodes the text of a reader. */
    public ReaderInputStream(Reader text) {
        this.text = text;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!bytes.hasRemaining()) {
            if (atEnd) {
                return -1;
            }
            fill();
        }
        var count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        return count;
    }

    private void fill() throws IOException {
        characters.compact(); // keeps the first half of a surrogate pair
        atEnd = text.read(characters) < 0;
        characters.flip();
        bytes.clear();
        var result = encoder.encode(characters, bytes, atEnd);
        if (result.isError()) {
            result.throwException();
        }
        bytes.flip();
    }
}
