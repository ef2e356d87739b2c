package dev.rowan.codegen.model;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The type of a column that a view computes. MySQL and MariaDB give {@code COALESCE(age, 0)}, {@code ROW_NUMBER()} or
 * {@code JSON_OBJECT(…)} different types, so that such a column has the widest type of its kind: core compares only the
 * kind with a live view.
 */
public final class ComputedType {

    /** The types of each kind, by the widest. */
    private static final Map<String, Pattern> KINDS = Map.of(
            "bigint",
            pattern("(tiny|small|medium|big)?int(unsigned)?\\b.*|year.*"),
            "decimal(65,30)",
            pattern("decimal.*"),
            "double",
            pattern("float.*|double.*"),
            "longtext",
            pattern("(var)?char.*|(tiny|medium|long)?text|enum.*|set.*|json|uuid|inet[46]"),
            "longblob",
            pattern("(var)?binary.*|(tiny|medium|long)?blob"),
            "datetime(6)",
            pattern("(datetime|timestamp).*"),
            "time(6)",
            pattern("time(\\(.*)?"));

    private ComputedType() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile("(?is)" + regex);
    }

    /** Returns the widest type of the kind of a type, in MySQL's notation. */
    public static String widest(String type) {
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().matcher(type).matches())
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(type);
    }
}
