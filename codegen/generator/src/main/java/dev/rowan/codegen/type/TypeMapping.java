package dev.rowan.codegen.type;

import dev.rowan.codegen.model.ColumnTraits;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.jaxb.Property;
import org.jspecify.annotations.Nullable;

/**
 * A configured Java type for columns, parsed from a line such as
 * {@code .*\.total = com.example.Money by com.example.MoneyConverter}.
 *
 * @param line as configured
 * @param columns matches {@code table.column}, or the column's name alone, in any case
 * @param javaType fully qualified, with its type arguments
 * @param converter the class of a jOOQ converter or binding; null to use the converter of the column's own type
 * @param isBinding whether that class is a binding
 */
public record TypeMapping(
        String line,
        Pattern columns,
        String javaType,
        @Nullable String converter,
        boolean isBinding) {

    private static final String PROPERTY = "types";
    private static final Pattern LINE = Pattern.compile(
            "(?<columns>.+?)\\s*=\\s*(?<type>[^=]+?)(\\s+by\\s+(?<kind>binding\\s+)?(?<converter>\\S+))?");

    /** Parses the lines of the option {@code types}; blank lines are ignored. */
    public static List<TypeMapping> parseAll(Properties properties) {
        return properties
                .getProperty(PROPERTY, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(TypeMapping::parse)
                .toList();
    }

    /**
     * Parses one line.
     *
     * @throws IllegalArgumentException if the line is malformed; the message contains it
     */
    public static TypeMapping parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw malformed(line, "It is not of the form: columns = type");
        }
        String type = matcher.group("type").replaceAll("\\s*([<>,])\\s*", "$1");
        if (!isType(type)) {
            throw malformed(line, "\"" + type + "\" is not a fully qualified Java type");
        }
        String converter = matcher.group("converter");
        if (converter != null && !isQualified(converter)) {
            throw malformed(line, "\"" + converter + "\" is not a fully qualified Java class");
        }
        return new TypeMapping(line, pattern(line, matcher), type, converter, matcher.group("kind") != null);
    }

    private static Pattern pattern(String line, Matcher matcher) {
        try {
            return Pattern.compile(matcher.group("columns"), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw malformed(line, "\"" + e.getPattern() + "\" is not a regular expression: " + e.getDescription());
        }
    }

    /** Returns whether the text is a qualified name and its type arguments are qualified types too. */
    private static boolean isType(String text) {
        String shape = text.replaceAll("[^<>,]+", "T");
        for (String before = ""; !before.equals(shape); ) {
            before = shape;
            shape = shape.replaceAll("T<T(,T)*>", "T");
        }
        return shape.equals("T") && Stream.of(text.split("[<>,]+")).allMatch(TypeMapping::isQualified);
    }

    private static boolean isQualified(String name) {
        return name.contains(".") && SourceVersion.isName(name);
    }

    boolean matches(ColumnDefinition column) {
        return columns.matcher(column.getName()).matches()
                || columns.matcher(ColumnTraits.displayName(column)).matches();
    }

    /** Returns the jOOQ property that {@link #parseAll} reads. */
    public static Property property(List<TypeMapping> types) {
        return new Property()
                .withKey(PROPERTY)
                .withValue(types.stream().map(TypeMapping::line).collect(Collectors.joining("\n")));
    }

    IllegalArgumentException rejected(String reason) {
        return new IllegalArgumentException("<type>" + line + "</type> " + reason);
    }

    private static IllegalArgumentException malformed(String line, String reason) {
        return new IllegalArgumentException("<type>" + line + "</type> cannot be read. " + reason
                + ". Write it as users.settings = com.example.Settings,"
                + " or orders.total = com.example.Money by com.example.MoneyConverter.");
    }
}
