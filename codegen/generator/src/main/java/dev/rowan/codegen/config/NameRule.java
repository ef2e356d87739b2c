package dev.rowan.codegen.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A name in Java: {@code users = Person}, {@code users.e_mail = email}, {@code orders.fk_orders_user = customer} or
 * {@code orders.fk_orders_user = customer, purchases} for the relations in both directions, {@code
 * user_roles.fk_user_roles_user.fk_user_roles_role = roles}, or {@code wp_* = *} to drop a prefix from the names of
 * tables. A name of the database stands in backticks if it contains anything but letters, digits and underscores;
 * {@code \\u000a} in it is a character.
 *
 * @param path a table; a table and a column or foreign key; or a link table and its two foreign keys
 * @param names one name, two for a foreign key, or none to drop the prefix that the path is
 */
public record NameRule(RuleLine line, List<String> path, List<String> names) {

    private static final String REST = "*";
    private static final Pattern STEP = Pattern.compile("(?:`((?:[^`]|``)+)`|([^.`]+))(?:\\.(?!$)|$)");

    /** Javac ignores control and format characters in identifiers. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{javaJavaIdentifierStart}&&[^$]][\\p{javaJavaIdentifierPart}&&[^$\\p{Cc}\\p{Cf}]]*");

    /** What a pom cannot contain: it joins spaces, and XML has few control characters. */
    private static final Pattern UNWRITABLE = Pattern.compile("[\\\\\\x00-\\x1f\\uFFFE\\uFFFF]|(?<= ) ");

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_]+");

    static NameRule of(RuleLine line) {
        if (line.value().equals(REST)) {
            String prefix = line.what().substring(0, line.what().length() - 1);
            if (prefix.isEmpty() || line.what().indexOf(REST) != prefix.length()) {
                throw line.malformed("\"" + line.what() + "\" is not a prefix, as wp_*");
            }
            return new NameRule(line, List.of(prefix), List.of());
        }
        List<String> names =
                Stream.of(line.value().split(",", -1)).map(String::strip).toList();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw line.malformed("\"" + name + "\" is not a name: it has letters, digits and underscores");
            }
        }
        List<String> path = path(line);
        if (names.size() > (path.size() == 2 ? 2 : 1)) {
            throw line.malformed("only a foreign key has two names, for the relations in both directions");
        }
        return new NameRule(line, path, names);
    }

    private static List<String> path(RuleLine line) {
        List<String> path = new ArrayList<>();
        Matcher step = STEP.matcher(line.what());
        while (step.lookingAt()) {
            String quoted = step.group(1);
            path.add(quoted == null ? step.group(2).strip() : read(quoted));
            step.region(step.end(), line.what().length());
        }
        if (step.regionStart() < line.what().length() || path.isEmpty() || path.size() > 3) {
            throw line.malformed("\"" + line.what() + "\" is not a table, a column or a foreign key");
        }
        return path;
    }

    /** Returns the path as a line contains it. */
    public static String written(List<String> path) {
        return path.stream().map(NameRule::written).collect(Collectors.joining("."));
    }

    private static String written(String name) {
        if (PLAIN.matcher(name).matches()) {
            return name;
        }
        String escaped = UNWRITABLE
                .matcher(name)
                .replaceAll(character ->
                        "\\\\u%04x".formatted((int) character.group().charAt(0)));
        return '`' + escaped.replace("`", "``") + '`';
    }

    private static String read(String quoted) {
        return ESCAPE.matcher(quoted.replace("``", "`"))
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    /** Returns whether the rule drops a prefix from the names of tables. */
    public boolean dropsPrefix() {
        return names.isEmpty();
    }

    /** Returns the prefix that the rule {@linkplain #dropsPrefix drops}. */
    public String prefix() {
        return path.get(0);
    }
}
