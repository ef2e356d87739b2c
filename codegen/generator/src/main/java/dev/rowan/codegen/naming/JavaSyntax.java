package dev.rowan.codegen.naming;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Java identifiers and string literals for texts from a schema. A text is split into words at underscores, spaces,
 * hyphens and dots, and where a capital begins a word: {@code album_id}, {@code AlbumId} and {@code album-id} yield the
 * same names. Any other character that an identifier must not contain is replaced by its code.
 */
public final class JavaSyntax {

    /** Legal as the name of a method, but not everywhere that it is called. */
    private static final Set<String> RESTRICTED = Set.of("yield", "sealed");

    private static final Pattern HUMP =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}[\\p{Ll}])");

    private JavaSyntax() {}

    /** Returns the text as a Java string literal, in quotes. */
    public static String stringLiteral(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** Returns the text in snake case: {@code reports_to} for {@code ReportsTo}. */
    static String snakeCase(String text) {
        return words(text).stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(joining("_"));
    }

    /** Returns a type with a type annotation: before its simple name, or before the brackets of an array. */
    public static String annotated(String type, String annotation) {
        if (type.endsWith("[]")) {
            return type.substring(0, type.length() - 2) + " " + annotation + " []";
        }
        int arguments = type.indexOf('<');
        int name = type.lastIndexOf('.', arguments < 0 ? type.length() : arguments) + 1;
        return type.substring(0, name) + annotation + " " + type.substring(name);
    }

    /** Returns the name of a constant: {@code ORDERS_BY_APPROVER} for {@code orders_by_approver}. */
    public static String constantName(String text) {
        return identifier(snakeCase(text).toUpperCase(Locale.ROOT));
    }

    /** Returns the name of a class: {@code OrderItems} for {@code order_items}. */
    static String className(String text) {
        return identifier(pascalCase(text));
    }

    /** Returns the part of a name that follows {@code get} or {@code findBy}. */
    static String pascalCase(String text) {
        var name = new StringBuilder();
        for (String part : parts(text)) {
            if (part.isEmpty()) {
                name.append('_'); // of several underscores in a row
                continue;
            }
            if (Character.isDigit(part.charAt(0))) {
                name.append('_'); // a_1 and a1 differ
            }
            String rest = part.substring(1);
            name.append(part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(isMixedCase(part) ? rest : rest.toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Returns the name of a method: {@code ordersByApprover} for {@code orders_by_approver}. */
    public static String methodName(String text) {
        String name = pascalCase(snakeCase(text));
        return identifier(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
    }

    /** Returns the name of a constant that keeps the case of its text: {@code with_space} for {@code with space}. */
    static String literalName(String text) {
        return identifier(legal(text));
    }

    /** Returns a name that no other text has; no other kind of name contains a dollar sign. */
    static String exactName(String text) {
        return exactName(text, JavaSyntax::isLegal);
    }

    /** Returns an exact name that differs from all others even where case and accents do not count. */
    static String exactFileName(String text) {
        return exactName(text, point -> point < 0x80 && isLegal(point) && !Character.isUpperCase(point));
    }

    private static String exactName(String text, IntPredicate kept) {
        return text.codePoints()
                .mapToObj(
                        point -> kept.test(point) ? Character.toString(point) : "$" + Integer.toHexString(point) + "$")
                .collect(joining("", "$", ""));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : parts(text)) {
            if (isMixedCase(part)) {
                words.addAll(List.of(HUMP.split(part)));
            } else {
                words.add(part);
            }
        }
        return words;
    }

    private static List<String> parts(String text) {
        return List.of(legal(text).split("_", -1));
    }

    private static boolean isMixedCase(String part) {
        return !part.equals(part.toLowerCase(Locale.ROOT)) && !part.equals(part.toUpperCase(Locale.ROOT));
    }

    /** Replaces what an identifier must not contain. */
    private static String legal(String text) {
        if (text.codePoints().allMatch(JavaSyntax::isLegal)) {
            return text;
        }
        return text.codePoints()
                .mapToObj(point -> {
                    if (isLegal(point)) {
                        return Character.toString(point);
                    }
                    return " -.".indexOf(point) >= 0 ? "_" : "_" + Integer.toHexString(point);
                })
                .collect(joining());
    }

    /** Javac ignores some characters in identifiers, and uses the dollar sign in the names of nested classes. */
    private static boolean isLegal(int point) {
        return Character.isJavaIdentifierPart(point) && !Character.isIdentifierIgnorable(point) && point != '$';
    }

    private static String identifier(String name) {
        if (name.isEmpty() || !Character.isJavaIdentifierStart(name.codePointAt(0))) {
            return identifier("_" + name);
        }
        boolean reserved = SourceVersion.isKeyword(name) || RESTRICTED.contains(name) || name.matches("_+");
        return reserved ? name + "_" : name;
    }
}
