package dev.rowan.codegen.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The Java type of columns: {@code .*\.total = com.example.Money by com.example.MoneyConverter}.
 *
 * @param columns matches {@code table.column}, or the column's name alone, in any case
 * @param javaType fully qualified, with its type arguments
 * @param converter the class of a jOOQ converter or binding; null to use the converter of the column's own type
 * @param isBinding whether that class is a binding
 */
public record TypeRule(
        RuleLine line,
        Pattern columns,
        String javaType,
        @Nullable String converter,
        boolean isBinding) {

    private static final Pattern VALUE =
            Pattern.compile("(?<type>.+?)(\\s+by\\s+(?<kind>binding\\s+)?(?<converter>\\S+))?");

    static TypeRule of(RuleLine line) {
        Matcher matcher = VALUE.matcher(line.value());
        if (!matcher.matches()) {
            throw line.malformed("a value is a type, or: type by converter");
        }
        String type = matcher.group("type").replaceAll("\\s*([<>,])\\s*", "$1");
        if (!isType(type)) {
            throw line.malformed("\"" + type + "\" is not a fully qualified Java type");
        }
        String converter = matcher.group("converter");
        if (converter != null && !isQualified(converter)) {
            throw line.malformed("\"" + converter + "\" is not a fully qualified Java class");
        }
        return new TypeRule(line, RegularExpression.ofLine(line), type, converter, matcher.group("kind") != null);
    }

    /** Returns whether the text is a qualified name and its type arguments are qualified types too. */
    private static boolean isType(String text) {
        String shape = text.replaceAll("[^<>,]+", "T");
        for (String before = ""; !before.equals(shape); ) {
            before = shape;
            shape = shape.replaceAll("T<T(,T)*>", "T");
        }
        return shape.equals("T") && Stream.of(text.split("[<>,]+")).allMatch(TypeRule::isQualified);
    }

    private static boolean isQualified(String name) {
        return name.contains(".") && SourceVersion.isName(name);
    }

    /** Returns whether the rule is about a column. */
    public boolean matches(String table, String column) {
        return columns.matcher(column).matches()
                || columns.matcher(table + "." + column).matches();
    }
}
