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
 * Refuses values that the server would change silently. The server rejects most values that a column cannot store, but
 * it rounds, truncates, pads or replaces others, at most with a warning. Both engines are treated alike. Thread-safe.
 */
public final class ValueCheck {

    /** Returns the fault of a value and its fix, or null if the column stores the value unchanged. */
    @FunctionalInterface
    private interface Check {
        @Nullable String fault(Object wire);
    }

    /** The fault of text with an unpaired surrogate. */
    public static final String UNPAIRED =
            "has an unpaired surrogate, which is not a character. Check where the text was cut.";

    /** The last year of DATE and DATETIME. */
    public static final int LAST_YEAR = 9_999;

    /** The first year that YEAR does not read as a year of two digits. */
    private static final int FIRST_OF_THREE_DIGITS = 100;

    /** The most fractional digits of a time: microseconds. */
    private static final int MICROSECOND_DIGITS = 6;

    private static final Duration LONGEST_TIME = Duration.ofHours(839).minusSeconds(1);

    /** The nanoseconds of the last fractional digit, by the number of digits. */
    private static final int[] UNITS = {1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000};

    private final Field<?> field;
    private final Check check;

    private ValueCheck(Field<?> field, Check check) {
        this.field = field;
        this.check = check;
    }

    /**
     * Returns the check of a column, or null if it needs none: every value is stored unchanged, or the server checks.
     */
    public static @Nullable ValueCheck of(Field<?> field) {
        var type = field.getDataType();
        if (UserBinding.has(type)) {
            // the binding decides how its values are stored
            return null;
        }
        var check = check(type);
        return check == null ? null : new ValueCheck(field, check);
    }

    /** Refuses a value that the column would change. @throws InvalidValue if it would */
    public void require(Object wire) {
        var fault = check.fault(wire);
        if (fault != null) {
            throw invalidValue(field, fault);
        }
    }

    /** Returns the error about a value for a column. */
    public static InvalidValue invalidValue(Field<?> field, String fault) {
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
        var digits = type.precisionDefined() ? Math.min(type.precision(), MICROSECOND_DIGITS) : MICROSECOND_DIGITS;
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
                        ? "ends with a space, which CHAR does not keep. Strip it, or make the column a VARCHAR."
                        : shortText((String) value, most)
                : value -> shortText((String) value, most);
    }

    /** The server truncates trailing spaces that are too many. */
    private static @Nullable String shortText(String text, int characters) {
        if (text.length() > characters && text.codePointCount(0, text.length()) > characters) {
            return "is longer than the column's " + characters + " characters. Shorten it, or widen the column.";
        }
        return paired(text);
    }

    /** The length of TEXT is in bytes. The server refuses text that is too long, except for trailing white space. */
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

    /** An unpaired surrogate is not a character: the driver would send a question mark. */
    static @Nullable String paired(String text) {
        int i = 0;
        while (i < text.length()) {
            if (!Character.isSurrogate(text.charAt(i))) {
                i++;
            } else if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                i += 2;
            } else {
                return UNPAIRED;
            }
        }
        return null;
    }

    /** Refuses text for the server with an unpaired surrogate. @throws InvalidValue if it has one */
    public static String requirePaired(String text) {
        if (paired(text) != null) {
            throw new InvalidValue("a value " + UNPAIRED, null, null);
        }
        return text;
    }

    private static @Nullable String json(String text) {
        var unpaired = paired(text);
        return unpaired == null ? JsonCheck.fault(text) : unpaired;
    }

    private static @Nullable String decimal(BigDecimal number, int scale) {
        return number.scale() <= scale || number.stripTrailingZeros().scale() <= scale
                ? null
                : "has more decimal places than the column's " + scale + ". Round it: setScale(" + scale
                        + ", RoundingMode.…).";
    }

    private static @Nullable String finite(double number) {
        return Double.isFinite(number)
                ? null
                : "is not a finite number, which no column can store. Write null" + " instead.";
    }

    /** The server reads years of two digits as years of this or the last century. */
    private static @Nullable String year(int year) {
        return year > 0 && year < FIRST_OF_THREE_DIGITS
                ? "is out of the range of YEAR, 0 and 1901 to 2155. Check it."
                : null;
    }

    private static @Nullable String padded(byte[] bytes, int length) {
        return bytes.length < length
                ? "is shorter than the column's " + length
                        + " bytes, and would be padded with zeros. Pad it yourself, or use VARBINARY."
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

    /** MariaDB replaces a longer time with the longest. */
    private static @Nullable String duration(Duration time, int digits) {
        return time.abs().compareTo(LONGEST_TIME) > 0
                ? "is longer than 838:59:59, the maximum of TIME. Check it."
                : fraction(time.toNanosPart(), digits);
    }

    private static @Nullable String fraction(int nanos, int digits) {
        if (nanos % UNITS[digits] == 0) {
            return null;
        }
        var unit = digits >= 6 ? "MICROS" : digits >= 3 ? "MILLIS" : "SECONDS";
        return "has finer fractions of a second than the column keeps, which is "
                + (digits == 0 ? "none" : digits + " digits") + ". Truncate it: truncatedTo(ChronoUnit." + unit + ").";
    }

    /** Returns whether jOOQ's SQL type has this name, whatever Java type it is converted to. */
    public static boolean isNamed(DataType<?> type, String name) {
        return type.getSQLDataType() != null
                && type.getSQLDataType().getTypeName().equals(name);
    }
}
