package dev.rowan.internal.failure;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A column's type in parts: one that must not differ, and two that may grow.
 *
 * @param kind the type without its capacity, which must not differ: {@code varchar}, {@code int unsigned}, {@code
 *     decimal(,2)}
 * @param capacity a length or precision, which may grow; 0 if the type has none
 * @param literals the literals of an ENUM or SET, in quotes
 */
record ColumnType(String kind, long capacity, List<String> literals) {

    /**
     * A type with a length or precision, and maybe a scale, which is part of the kind. BINARY is left out: a binary(3)
     * in a binary(5) is read with zeros appended.
     */
    private static final Pattern SIZED =
            Pattern.compile("(char|varchar|varbinary|time|datetime|timestamp|decimal)\\((\\d+)(,\\d+)?\\)(.*)");

    private static final Pattern LARGE_OBJECT = Pattern.compile("(tiny|medium|long|)(text|blob)");
    private static final List<String> LARGE_OBJECT_SIZES = List.of("tiny", "", "medium", "long");
    private static final Pattern ENUM_OR_SET = Pattern.compile("(?s)(enum|set)\\((.*)\\)");
    private static final Pattern LITERAL = Pattern.compile("(?s)'(?:[^']|'')*'");

    /** A boolean. Liquibase declares it without the display width, which says nothing about what the column holds. */
    private static final String BOOLEAN = "tinyint(1)";

    /** The types that the widest of each kind stands for. */
    private static final Map<String, Pattern> KINDS = Map.of(
            "bigint",
            Pattern.compile("(tiny|small|medium|big)?int\\b.*|year"),
            "decimal(65,30)",
            Pattern.compile("decimal.*"),
            "double",
            Pattern.compile("float.*|double.*"),
            "longtext",
            Pattern.compile("(?s)(var)?char.*|(tiny|medium|long)?text|enum.*|set.*|json|uuid|inet[46]"),
            "longblob",
            Pattern.compile("(var)?binary.*|(tiny|medium|long)?blob"),
            "datetime(6)",
            Pattern.compile("(datetime|timestamp).*"),
            "time(6)",
            Pattern.compile("time(\\(.*)?"));

    /** Parses a type in MySQL's notation. */
    static ColumnType of(String type) {
        if (type.equals(BOOLEAN)) {
            return new ColumnType("tinyint", 0, List.of());
        }
        var sized = SIZED.matcher(type);
        if (sized.matches()) {
            var scale = sized.group(3) == null ? "" : "(" + sized.group(3) + ")";
            return new ColumnType(sized.group(1) + scale + sized.group(4), Long.parseLong(sized.group(2)), List.of());
        }
        var largeObject = LARGE_OBJECT.matcher(type);
        if (largeObject.matches()) {
            return new ColumnType(largeObject.group(2), LARGE_OBJECT_SIZES.indexOf(largeObject.group(1)), List.of());
        }
        var enumOrSet = ENUM_OR_SET.matcher(type);
        if (enumOrSet.matches()) {
            return new ColumnType(
                    enumOrSet.group(1),
                    0,
                    LITERAL.matcher(enumOrSet.group(2))
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
        return new ColumnType(type, 0, List.of());
    }

    /**
     * Returns whether a type is the widest of the other's kind. The generator declares so what a view computes, as the
     * servers give that different types.
     */
    static boolean isWidestOfKind(String type, String other) {
        var kind = KINDS.get(type);
        return kind != null && kind.matcher(other).matches();
    }

    /** Returns the literals of another type that this type lacks. */
    List<String> missing(ColumnType other) {
        return other.literals.stream()
                .filter(literal -> !literals.contains(literal))
                .toList();
    }
}
