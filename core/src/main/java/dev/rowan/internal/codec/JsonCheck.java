package dev.rowan.internal.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a JSON document for what MySQL would keep as something else: a number that is neither an integer of 64
 * bits nor told by a double to the last digit, and names that are twice in one object. Whether the text is JSON at all is
 * for the server to say.
 */
final class JsonCheck {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Numbers of so many digits come back from a double as they were. */
    private static final int EXACT_DIGITS = 15;

    /** Digits that are more than this are zeros, or not told by a double. */
    private static final int MOST_DIGITS = 1_000;

    private final String text;

    /** The names so far in each object around this place, the innermost first; an array has a set too, of none. */
    private final Deque<Set<String>> names = new ArrayDeque<>();

    private int at;

    private JsonCheck(String text) {
        this.text = text;
    }

    /** Returns what is wrong with the document, or null if nothing is. */
    static @Nullable String fault(String text) {
        return new JsonCheck(text).fault();
    }

    private @Nullable String fault() {
        for (; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '{', '[' -> names.push(new HashSet<>());
                case '}', ']' -> names.poll();
                case '"' -> {
                    var string = string();
                    if (isName() && !names.isEmpty() && !names.element().add(unescaped(string))) {
                        return "holds the same name twice in one JSON object, of which one would be lost."
                                + " Leave one out.";
                    }
                }
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                    if (!isKept(number())) {
                        return "holds a JSON number that is no integer of 64 bits, and has more digits than a double"
                                + " keeps. Round it, or write it as a string.";
                    }
                }
                default -> {}
            }
        }
        return null;
    }

    /** Returns what is between the quotes, and goes to the last of them. */
    private String string() {
        var start = ++at;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return text.substring(start, Math.min(at, text.length()));
    }

    private boolean isName() {
        var next = at + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }

    /** Returns the number, and goes to the last of its characters. */
    private String number() {
        var start = at;
        while (at + 1 < text.length() && "+-.eE0123456789".indexOf(text.charAt(at + 1)) >= 0) {
            at++;
        }
        return text.substring(start, at + 1);
    }

    private static boolean isKept(String number) {
        var whole = number.indexOf('.') < 0;
        var plain = number.indexOf('e') < 0 && number.indexOf('E') < 0;
        if (plain && number.length() <= EXACT_DIGITS) {
            return true;
        }
        if (number.length() > MOST_DIGITS) {
            return false;
        }
        try {
            var exact = new BigDecimal(number);
            if (whole && plain && isOf64Bits(exact.toBigIntegerExact())) {
                return true;
            }
            var kept = exact.doubleValue();
            return Double.isFinite(kept) && new BigDecimal(Double.toString(kept)).compareTo(exact) == 0;
        } catch (NumberFormatException e) { // an exponent beyond all bounds
            return false;
        }
    }

    private static boolean isOf64Bits(BigInteger number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    }

    /** Two names are the same that are only written in different ways. */
    private static String unescaped(String string) {
        if (string.indexOf('\\') < 0) {
            return string;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < string.length(); i++) {
            var character = string.charAt(i);
            if (character != '\\' || i + 1 == string.length()) {
                plain.append(character);
                continue;
            }
            character = string.charAt(++i);
            if (character == 'u' && i + 4 < string.length()) {
                plain.append(hex(string, i + 1));
                i += 4;
            } else {
                var which = "bfnrt".indexOf(character);
                plain.append(which < 0 ? character : "\b\f\n\r\t".charAt(which));
            }
        }
        return plain.toString();
    }

    private static char hex(String string, int from) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            code = code << 4 | Math.max(0, Character.digit(string.charAt(i), 16));
        }
        return (char) code;
    }
}
