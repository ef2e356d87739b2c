package dev.rowan.internal.failure;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A column's type, taken apart by what may change without harm.
 *
 * @param kind what has to stay: {@code varchar}, {@code int unsigned}, {@code decimal(,2)}
 * @param capacity what may grow: a length, a precision; 0 if the kind says all
 * @param literals what an ENUM or SET may hold, in quotes
 */
record ColumnType(String kind, long capacity, List<String> literals) {

    /** Others of fixed length are left out: a binary(3) in a binary(5) comes back with zeros behind. */
    private static final Pattern SIZED =
            Pattern.compile("(char|varchar|varbinary|time|datetime|timestamp)\\((\\d+)\\)");

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)(.*)");
    private static final Pattern LONG = Pattern.compile("(tiny|medium|long|)(text|blob)");
    private static final List<String> LENGTHS = List.of("tiny", "", "medium", "long");
    private static final Pattern LISTED = Pattern.compile("(?s)(enum|set)\\((.*)\\)");
    private static final Pattern LITERAL = Pattern.compile("(?s)'(?:[^']|'')*'");

    /** Takes a type apart, in MySQL's notation. */
    static ColumnType of(String type) {
        var sized = SIZED.matcher(type);
        if (sized.matches()) {
            return new ColumnType(sized.group(1), Long.parseLong(sized.group(2)), List.of());
        }
        var decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new ColumnType(
                    "decimal(," + decimal.group(2) + ")" + decimal.group(3),
                    Long.parseLong(decimal.group(1)),
                    List.of());
        }
        var text = LONG.matcher(type);
        if (text.matches()) {
            return new ColumnType(text.group(2), LENGTHS.indexOf(text.group(1)), List.of());
        }
        var listed = LISTED.matcher(type);
        if (listed.matches()) {
            return new ColumnType(
                    listed.group(1),
                    0,
                    LITERAL.matcher(listed.group(2))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
        return new ColumnType(type, 0, List.of());
    }

    /** Returns the literals that another has and this has not. */
    List<String> lacks(ColumnType other) {
        return other.literals.stream()
                .filter(literal -> !literals.contains(literal))
                .toList();
    }
}
