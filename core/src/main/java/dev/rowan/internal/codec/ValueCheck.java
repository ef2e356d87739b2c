package dev.rowan.internal.codec;

import dev.rowan.error.InvalidValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Year;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/**
 * What a column can hold as it is. The server itself refuses most of what it cannot, but rounds, cuts, pads or replaces
 * the rest without a word, or with a note that nobody reads: that is refused here, on both engines alike.
 */
public final class ValueCheck {

    /** Says what is wrong with a value that is not null, and what to do about it; null if nothing is. */
    @FunctionalInterface
    private interface Check {
        @Nullable String fault(Object wire);
    }

    public static final String UNPAIRED =
            "holds half a surrogate pair, which is no character. Look where the text was cut.";

    /** The last year of a date. */
    public static final int LAST_YEAR = 9_999;

    /** The first year that a YEAR does not take for one of two digits. */
    private static final int FIRST_OF_THREE_DIGITS = 100;

    /** The digits of parts of a second that a column has at most: microseconds. */
    private static final int MOST_DIGITS = 6;

    private static final Duration LONGEST_TIME = Duration.ofHours(839).minusSeconds(1);

    /** Truncates to parts of a second of so many digits. */
    private static final int[] UNITS = {1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000};

    private final Field<?> field;
    private final Check check;

    private ValueCheck(Field<?> field, Check check) {
        this.field = field;
        this.check = check;
    }

    /** Returns what a column can hold, or null if that is every value of its Java type, or the server's to say. */
    public static @Nullable ValueCheck of(Field<?> field) {
        var type = field.getDataType();
        if (UserBinding.has(type)) {
            // what its values become is for the binding to know
            return null;
        }
        var check = check(type);
        return check == null ? null : new ValueCheck(field, check);
    }

    /** Refuses a value that the column would change. @throws InvalidValue if it would not hold this value as it is */
    public void require(Object wire) {
        var fault = check.fault(wire);
        if (fault != null) {
            throw misfit(field, fault);
        }
    }

    /** Returns the error about a value for a column. */
    public static InvalidValue misfit(Field<?> field, String fault) {
        var table = field.getQualifiedName().qualifier();
        var where = table == null || table.last() == null ? "" : table.last() + ": ";
        return new InvalidValue(where + "a value for " + field.getName() + " " + fault, field, null);
    }

    private static @Nullable Check check(DataType<?> type) {
        var wire = Codec.wire(type);
        if (wire == String.class) {
            return text(type);
        }
        if (wire == JSON.class) {
            return value -> json(((JSON) value).data());
        }
        if (wire == BigDecimal.class && type.scaleDefined()) {
            return value -> decimal((BigDecimal) value, type.scale());
        }
        if (wire == Double.class || wire == Float.class) {
            return value -> finite(((Number) value).doubleValue());
        }
        if (wire == Year.class) {
            return value -> year(((Year) value).getValue());
        }
        if (wire == byte[].class && isNamed(type, "binary")) {
            return value -> padded((byte[]) value, type.length());
        }
        var digits = type.precisionDefined() ? Math.min(type.precision(), MOST_DIGITS) : MOST_DIGITS;
        if (wire == Duration.class || TemporalAccessor.class.isAssignableFrom(wire)) {
            return value -> value instanceof Duration duration
                    ? duration(duration, digits)
                    : time((TemporalAccessor) value, digits);
        }
        return null;
    }

    private static Check text(DataType<?> type) {
        var most = type.lengthDefined() ? type.length() : Integer.MAX_VALUE;
        if (isNamed(type, "clob")) {
            return value -> longText((String) value, most);
        }
        return isNamed(type, "char")
                ? value -> ((String) value).endsWith(" ")
                        ? "ends in a space, and CHAR keeps none at the end. Strip it, or make the column a VARCHAR."
                        : shortText((String) value, most)
                : value -> shortText((String) value, most);
    }

    /** The server cuts blanks that are too many. */
    private static @Nullable String shortText(String text, int characters) {
        if (text.length() > characters && text.codePointCount(0, text.length()) > characters) {
            return "is longer than the column's " + characters + " characters. Shorten it, or widen the column.";
        }
        return paired(text);
    }

    /** The length of TEXT is in bytes; what is too long for other reasons than blanks, the server refuses. */
    private static @Nullable String longText(String text, int bytes) {
        if (text.length() > bytes / 3 && !text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1))) {
            long size = text.chars()
                    .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
                    .sum();
            if (size > bytes) {
                return "is longer than the column's " + bytes + " bytes. Shorten it, or widen the column.";
            }
        }
        return paired(text);
    }

    /** Half a surrogate pair is no character, and the driver sends a question mark for it. */
    static @Nullable String paired(String text) {
        int i = 0;
        while (i < text.length()) {
            // the driver sends two bytes of the year
            var point = text.codePointAt(i);
            if (Character.getType(point) == Character.SURROGATE) {
                return UNPAIRED;
            }
            i += Character.charCount(point);
        }
        return null;
    }

    private static @Nullable String json(String text) {
        var unpaired = paired(text);
        return unpaired == null ? JsonCheck.fault(text) : unpaired;
    }

    private static @Nullable String decimal(BigDecimal number, int scale) {
        return number.scale() <= scale || number.stripTrailingZeros().scale() <= scale
                ? null
                : "has more digits after the point than the column's " + scale + ". Round it as you mean it: setScale("
                        + scale + ", RoundingMode.…).";
    }

    private static @Nullable String finite(double number) {
        return Double.isFinite(number) ? null : "is not a finite number, which no column holds. Write null instead.";
    }

    /** The server takes years of two digits for those of a century near by. */
    private static @Nullable String year(int year) {
        return year > 0 && year < FIRST_OF_THREE_DIGITS
                ? "is none that a YEAR holds: 0, and 1901 to 2155. Check it."
                : null;
    }

    private static @Nullable String padded(byte[] bytes, int length) {
        return bytes.length < length
                ? "is shorter than the column's " + length
                        + " bytes, and would be filled up with zeros. Fill it up yourself, or use VARBINARY."
                : null;
    }

    private static @Nullable String time(TemporalAccessor time, int digits) {
        if (time.isSupported(ChronoField.YEAR)
                && (time.get(ChronoField.YEAR) < 0 || time.get(ChronoField.YEAR) > LAST_YEAR)) {
            return "is not between the years 0 and 9999. Check it.";
        }
        return time.isSupported(ChronoField.NANO_OF_SECOND)
                ? fraction(time.get(ChronoField.NANO_OF_SECOND), digits)
                : null;
    }

    /** MariaDB makes the longest time of one that is longer. */
    private static @Nullable String duration(Duration time, int digits) {
        return time.abs().compareTo(LONGEST_TIME) > 0
                ? "is longer than 838:59:59, the most that a TIME holds. Check it."
                : fraction(time.toNanosPart(), digits);
    }

    private static @Nullable String fraction(int nanos, int digits) {
        if (nanos % UNITS[digits] == 0) {
            return null;
        }
        var unit = digits >= 6 ? "MICROS" : digits >= 3 ? "MILLIS" : "SECONDS";
        return "has finer parts of a second than the column keeps, which is "
                + (digits == 0 ? "none" : digits + " digits") + ". Truncate it: truncatedTo(ChronoUnit." + unit + ").";
    }

    /** Says whether this is jOOQ's type of that name, whatever it is converted to. */
    public static boolean isNamed(DataType<?> type, String name) {
        return type.getSQLDataType() != null
                && type.getSQLDataType().getTypeName().equals(name);
    }
}
