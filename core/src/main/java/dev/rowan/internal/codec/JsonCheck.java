package dev.rowan.internal.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values in a JSON document that MySQL would change: a number that is not a 64-bit integer and that a double does
 * not represent exactly, and a name that occurs twice in one object. It refuses a document that is nested too deeply,
 * which would take much memory here. The server checks whether the text is JSON.
 */
final class JsonCheck {

    private static final BigInteger MINIMUM = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAXIMUM = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** A double represents every number of so many digits. */
    private static final int EXACT_DIGITS = 15;

    /** A double represents a longer number only if its further digits are zeros: such a number is refused. */
    private static final int MOST_DIGITS = 1_000;

    /** The most levels of a document on MySQL. */
    private static final int MOST_LEVELS = 100;

    private final String text;

    /** The names so far in each enclosing object, the innermost first; an array has an empty set. */
    private final Deque<Set<String>> names = new ArrayDeque<>();

    private int at;

    private JsonCheck(String text) {
        this.text = text;
    }

    /** Returns the fault of a document, or null if it has none. */
    static @Nullable String fault(String text) {
        return new JsonCheck(text).fault();
    }

    private @Nullable String fault() {
        for (; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '{', '[' -> {
                    if (names.size() == MOST_LEVELS) {
                        return "has JSON of more than " + MOST_LEVELS + " levels, which MySQL refuses. Nest it less.";
                    }
                    names.push(new HashSet<>());
                }
                case '}', ']' -> names.poll();
                case '"' -> {
                    var string = string();
                    if (isName() && !names.isEmpty() && !names.element().add(unescaped(string))) {
                        return "has the same name twice in one JSON object: one of the values would be lost. Remove"
                                + " one.";
                    }
                }
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                    if (!isExact(number())) {
                        return "has a JSON number that is not a 64-bit integer, and has more digits than a double"
                                + " keeps. Round it, or write it as a string.";
                    }
                }
                default -> {}
            }
        }
        return null;
    }

    /** Returns the text between the quotes, and moves to the closing quote. */
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

    /** Returns the number, and moves to its last character. */
    private String number() {
        var start = at;
        while (at + 1 < text.length() && "+-.eE0123456789".indexOf(text.charAt(at + 1)) >= 0) {
            at++;
        }
        return text.substring(start, at + 1);
    }

    private static boolean isExact(String number) {
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
            if (whole && plain && isIn64Bits(exact.toBigIntegerExact())) {
                return true;
            }
            var kept = exact.doubleValue();
            return Double.isFinite(kept) && new BigDecimal(Double.toString(kept)).compareTo(exact) == 0;
        } catch (NumberFormatException e) { // the exponent is out of range
            return false;
        }
    }

    private static boolean isIn64Bits(BigInteger number) {
        return number.compareTo(MINIMUM) >= 0 && number.compareTo(MAXIMUM) <= 0;
    }

    /** Resolves the escapes of a name, as two names may differ in their escapes only. */
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
