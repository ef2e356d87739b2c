package dev.rowan.codegen;

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
 * A Java type that the user chose for columns, read from a line such as
 * {@code .*\.total = com.example.Money by com.example.MoneyConverter}.
 *
 * @param line as the user wrote it
 * @param columns matches {@code table.column}, or the column's name alone, in any case
 * @param javaType with its package, and with type arguments if it has any
 * @param by the class of a converter or binding; null for what the column's own type has
 * @param isBinding whether that is a binding
 */
record UserType(
        String line,
        Pattern columns,
        String javaType,
        @Nullable String by,
        boolean isBinding) {

    private static final String PROPERTY = "types";
    private static final Pattern LINE =
            Pattern.compile("(?<columns>.+?)\\s*=\\s*(?<type>[^=]+?)(\\s+by\\s+(?<kind>binding\\s+)?(?<by>\\S+))?");

    /** Reads lines; blank ones say nothing. */
    private static List<UserType> all(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(UserType::of)
                .toList();
    }

    static List<UserType> all(Properties properties) {
        return all(properties.getProperty(PROPERTY, ""));
    }

    static UserType of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw unreadable(line, "It is not of the form: columns = type");
        }
        String type = matcher.group("type").replaceAll("\\s*([<>,])\\s*", "$1");
        if (!isType(type)) {
            throw unreadable(line, "\"" + type + "\" is no Java type with its package");
        }
        String by = matcher.group("by");
        if (by != null && !isQualified(by)) {
            throw unreadable(line, "\"" + by + "\" is no Java class with its package");
        }
        return new UserType(line, pattern(line, matcher), type, by, matcher.group("kind") != null);
    }

    private static Pattern pattern(String line, Matcher matcher) {
        try {
            return Pattern.compile(matcher.group("columns"), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw unreadable(line, "\"" + e.getPattern() + "\" is no regular expression: " + e.getDescription());
        }
    }

    /** Says whether the text is a qualified name, whose type arguments, if any, are such types too. */
    private static boolean isType(String text) {
        String shape = text.replaceAll("[^<>,]+", "T");
        for (String before = ""; !before.equals(shape); ) {
            before = shape;
            shape = shape.replaceAll("T<T(,T)*>", "T");
        }
        return shape.equals("T") && Stream.of(text.split("[<>,]+")).allMatch(UserType::isQualified);
    }

    private static boolean isQualified(String name) {
        return name.contains(".") && SourceVersion.isName(name);
    }

    boolean matches(ColumnDefinition column) {
        return columns.matcher(column.getName()).matches()
                || columns.matcher(name(column)).matches();
    }

    /** Returns the name of a column as people write it. */
    static String name(ColumnDefinition column) {
        return column.getContainer().getName() + "." + column.getName();
    }

    /** Returns what {@link #all(Properties)} reads. */
    static Property property(List<UserType> types) {
        return new Property()
                .withKey(PROPERTY)
                .withValue(types.stream().map(UserType::line).collect(Collectors.joining("\n")));
    }

    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("<type>" + line + "</type> " + why);
    }

    private static IllegalArgumentException unreadable(String line, String why) {
        return new IllegalArgumentException("<type>" + line + "</type> cannot be read. " + why
                + ". Write it as users.settings = com.example.Settings,"
                + " or orders.total = com.example.Money by com.example.MoneyConverter.");
    }
}
