package dev.rowan.db.internal.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of a column, in words that do not depend on the product of the server.
 *
 * @param base its first word, such as {@code varchar}
 * @param arguments what stands in parentheses; empty if nothing does
 */
record ColumnType(String base, String arguments, boolean isUnsigned) {

    /** That of a view's column, which is not compared. */
    static final ColumnType UNKNOWN = new ColumnType("any", "", false);

    static final ColumnType JSON = new ColumnType("json", "", false);

    /** A type, as a regular expression. */
    static final String SYNTAX = "(\\w+)(?:\\(((?:'(?:[^']++|'')*+'|[^'()]++)*+)\\))?( unsigned)?";

    /**
     * How a type has changed for those who know it as it was.
     *
     * @param why what happens to them, a sentence
     */
    record Change(boolean isSilent, String why) {}

    private static final Pattern TYPE = Pattern.compile(SYNTAX + ".*", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile("'((?:[^']++|'')*+)'");

    private static final Map<String, Integer> INTEGER_BITS =
            Map.of("tinyint", 8, "smallint", 16, "mediumint", 24, "int", 32, "bigint", 64);

    /** How many bytes the types take that are measured in them. */
    private static final Map<String, Long> BYTES = Map.of(
            "tinytext",
            255L,
            "text",
            65_535L,
            "mediumtext",
            16_777_215L,
            "longtext",
            4_294_967_295L,
            "tinyblob",
            255L,
            "blob",
            65_535L,
            "mediumblob",
            16_777_215L,
            "longblob",
            4_294_967_295L);

    private static final int MOST_BYTES_OF_CHARACTER = 4;

    private static final Change TOO_LARGE =
            new Change(false, "The server refuses values that the release writes, as they no longer fit.");
    private static final Change WIDER = new Change(
            false,
            "As soon as newer classes write a value that the type of the release does not hold, the release cannot read"
                    + " that row, nor any list with it.");
    private static final Change ROUNDED =
            new Change(true, "The server rounds what the release writes, and reports nothing.");
    private static final Change PADDED = new Change(
            true, "The server pads or trims what the release writes, so that it reads another value than it wrote.");
    private static final Change TIME_OF_DAY = new Change(
            true,
            "The release drops the time of day that newer classes write, and a lookup by the date finds no such row.");
    private static final Change OTHER =
            new Change(false, "The release reads and writes values of the type that it was.");

    /** Reads what a server shows. */
    static ColumnType ofServer(String shown) {
        var type = of(shown);
        // the width of an integer is for showing it, and only MariaDB tells the default; that of a boolean has a
        // meaning
        return type.isBoolean() && !type.isUnsigned
                ? type
                : INTEGER_BITS.containsKey(type.base) || type.base.equals("year")
                        ? new ColumnType(type.base, "", type.isUnsigned)
                        : type;
    }

    /** Reads {@link #toString()}. */
    static ColumnType of(String text) {
        var parts = TYPE.matcher(text);
        if (!parts.matches()) {
            return UNKNOWN;
        }
        return new ColumnType(
                parts.group(1).toLowerCase(Locale.ROOT),
                parts.group(2) == null ? "" : parts.group(2),
                parts.group(3) != null);
    }

    /** Returns what becomes of those who know this type if the column has another; null if nothing does. */
    @Nullable Change changeTo(ColumnType now) {
        if (equals(now) || equals(UNKNOWN) || now.equals(UNKNOWN)) {
            return null;
        }
        if (isBoolean() && base.equals(now.base)) {
            return WIDER;
        }
        if (isEnumerated()) {
            return now.isEnumerated() ? memberChange(now) : now.isText() ? unknownValues() : OTHER;
        }
        if (INTEGER_BITS.containsKey(base)) {
            return integerChange(now);
        }
        if (base.equals("decimal") && now.base.equals("decimal")) {
            return decimalChange(now);
        }
        if (isNumber() && now.isNumber()) {
            return base.equals("float") && now.base.equals("double") ? null : ROUNDED;
        }
        if ((isText() && now.isText()) || (isBinary() && now.isBinary())) {
            return lengthChange(now);
        }
        if (isTemporal() && now.isTemporal()) {
            return temporalChange(now);
        }
        return base.equals(now.base) && now.number(0) >= number(0) ? null : base.equals(now.base) ? TOO_LARGE : OTHER;
    }

    private @Nullable Change memberChange(ColumnType now) {
        var known = members();
        var members = now.members();
        if (!members.containsAll(known)) {
            return new Change(
                    false,
                    "The server refuses a value that the release writes: " + except(known, members)
                            + " is no longer one.");
        }
        if (!base.equals(now.base)) {
            return OTHER;
        }
        return known.containsAll(members) ? null : unknownValues(except(members, known));
    }

    private static Change unknownValues(String values) {
        return new Change(
                true,
                "The release reads a value that it does not know, such as " + values
                        + ", as null, and may write that back.");
    }

    private static Change unknownValues() {
        return new Change(true, "The release reads values that it does not know as null, and may write that back.");
    }

    /** Returns the bits of the Java type that generated classes have for an integer type. */
    private int javaBits() {
        return base.equals("mediumint") ? 32 : bits();
    }

    private @Nullable Change integerChange(ColumnType now) {
        if (INTEGER_BITS.containsKey(now.base)) {
            var isWide = now.isUnsigned
                    ? isUnsigned && now.bits() >= bits()
                    : isUnsigned ? now.bits() > bits() : now.bits() >= bits();
            return !isWide ? TOO_LARGE : now.isUnsigned == isUnsigned && now.javaBits() == javaBits() ? null : WIDER;
        }
        if (now.base.equals("decimal")) {
            var digits = (int) Math.ceil(bits() * Math.log10(2));
            return now.number(0) - now.number(1) >= digits && !(now.isUnsigned && !isUnsigned) ? WIDER : TOO_LARGE;
        }
        return now.isNumber() ? ROUNDED : OTHER;
    }

    private @Nullable Change decimalChange(ColumnType now) {
        if (now.number(1) < number(1)) {
            return ROUNDED;
        }
        var isNarrower = now.number(0) - now.number(1) < number(0) - number(1) || (now.isUnsigned && !isUnsigned);
        return isNarrower ? TOO_LARGE : null;
    }

    private @Nullable Change lengthChange(ColumnType now) {
        if ((isFixed() != now.isFixed() && (isBinary() || now.isFixed()))
                || (base.equals("binary") && now.base.equals("binary"))) {
            return PADDED;
        }
        var inBytes = BYTES.get(base);
        var nowInBytes = BYTES.get(now.base);
        if (inBytes != null && nowInBytes != null) {
            return nowInBytes >= inBytes ? null : TOO_LARGE;
        }
        var longest = inBytes == null ? number(0) : inBytes;
        var fits =
                nowInBytes == null ? now.number(0) : now.isBinary() ? nowInBytes : nowInBytes / MOST_BYTES_OF_CHARACTER;
        return fits >= longest ? null : TOO_LARGE;
    }

    private @Nullable Change temporalChange(ColumnType now) {
        if (base.equals(now.base)) {
            return now.number(0) >= number(0)
                    ? null
                    : new Change(true, "The server rounds the fractions of seconds that the release writes.");
        }
        if (base.equals("timestamp") && now.base.equals("datetime") && now.number(0) >= number(0)) {
            return null;
        }
        if (base.equals("date")) {
            return now.base.equals("time") ? OTHER : TIME_OF_DAY;
        }
        if (base.equals("datetime") && now.base.equals("timestamp")) {
            return TOO_LARGE;
        }
        return new Change(true, "The server drops or adds a part of what the release writes, and reports nothing.");
    }

    private boolean isEnumerated() {
        return base.equals("enum") || base.equals("set");
    }

    /** Returns whether classes have a boolean for it. */
    private boolean isBoolean() {
        return (base.equals("tinyint") || base.equals("bit")) && arguments.equals("1");
    }

    private boolean isNumber() {
        return INTEGER_BITS.containsKey(base)
                || List.of("decimal", "float", "double").contains(base);
    }

    private boolean isText() {
        return base.endsWith("char") || base.endsWith("text");
    }

    private boolean isBinary() {
        return base.endsWith("binary") || base.endsWith("blob");
    }

    private boolean isFixed() {
        return base.equals("char") || base.equals("binary");
    }

    private boolean isTemporal() {
        return List.of("date", "time", "datetime", "timestamp").contains(base);
    }

    private int bits() {
        return INTEGER_BITS.getOrDefault(base, 0);
    }

    /** Returns the argument at this place; 0 if there is none. */
    private long number(int place) {
        var numbers = arguments.split(",", -1);
        return place < numbers.length && numbers[place].strip().matches("\\d+")
                ? Long.parseLong(numbers[place].strip())
                : 0;
    }

    private List<String> members() {
        var members = new ArrayList<String>();
        for (var member = MEMBER.matcher(arguments); member.find(); ) {
            members.add(member.group(1));
        }
        return members;
    }

    private static String except(List<String> members, List<String> others) {
        return members.stream()
                .filter(member -> !others.contains(member))
                .map(member -> "'" + member + "'")
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return base + (arguments.isEmpty() ? "" : "(" + arguments + ")") + (isUnsigned ? " unsigned" : "");
    }
}
