package dev.rowan.internal.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A growing buffer of UTF-8 text. Not thread-safe. */
final class Utf8Buffer {

    private static final HexFormat HEX = HexFormat.of();

    private byte[] bytes;
    private int size;

    /** Creates an empty buffer that holds this many bytes without growing. */
    Utf8Buffer(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Copies a number of bytes from a position on. */
    void copy(int from, byte[] into, int offset, int count) {
        System.arraycopy(bytes, from, into, offset, count);
    }

    /** Adds an ASCII character. */
    void add(char character) {
        reserve(1);
        bytes[size++] = (byte) character;
    }

    /** Adds ASCII text. */
    void add(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** Adds a number, with leading zeros if it has fewer digits. A negative number has no leading zeros. */
    void add(long number, int digits) {
        if (number < 0) {
            add(Long.toString(number));
            return;
        }
        int length = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            length++;
        }
        length = Math.max(length, digits);
        reserve(length);
        size += length;
        for (int i = 1; i <= length; i++) {
            bytes[size - i] = (byte) ('0' + number % 10);
            number /= 10;
        }
    }

    /** Adds bytes as hexadecimal digits. */
    void addHex(byte[] more) {
        for (var each : more) {
            add(HEX.toHighHexDigit(each));
            add(HEX.toLowHexDigit(each));
        }
    }

    /**
     * Adds text, with a backslash before special characters. These are ASCII, so no other character contains their
     * bytes.
     */
    void addEscaped(String text) {
        var more = text.getBytes(StandardCharsets.UTF_8);
        reserve(2 * more.length);
        for (var each : more) {
            var escape = escape(each);
            if (escape != 0) {
                bytes[size++] = '\\';
            }
            bytes[size++] = escape != 0 ? escape : each;
        }
    }

    private static byte escape(byte character) {
        return switch (character) {
            case '\\' -> '\\';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case 0 -> '0';
            default -> 0;
        };
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + more));
        }
    }
}
