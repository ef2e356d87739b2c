package dev.rowan.codegen.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The default of a column in one notation: MySQL and MariaDB report it differently. */
public final class ColumnDefault {

    /**
     * Stands for a default whose text differs between servers, because they compute it or it consists of bytes: sources
     * only say DEFAULT.
     */
    public static final String EXPRESSION = "\u0001expression";

    private static final Pattern NOW = Pattern.compile("(?i)(current_timestamp)(?:\\((\\d*)\\))?");
    private static final Pattern QUOTED = Pattern.compile("(?s)'(.*)'");
    private static final Pattern MYSQL_QUOTED = Pattern.compile("_\\w+\\\\'([^'\\\\]*)\\\\'");
    private static final Pattern LITERAL = Pattern.compile("-?[\\d.]+(e[-+]?\\d+)?|(?i:[bx]'[0-9a-f]*')");

    private ColumnDefault() {}

    /**
     * Normalizes MySQL's notation: a literal without quotes; EXTRA marks an expression as {@code DEFAULT_GENERATED}.
     */
    public static @Nullable String ofMySql(@Nullable String text, String extra) {
        if (text == null || !extra.contains("DEFAULT_GENERATED")) {
            return text;
        }
        Matcher quoted = MYSQL_QUOTED.matcher(text);
        return quoted.matches() ? quoted.group(1) : ofExpression(text);
    }

    /** Normalizes MariaDB's notation: always an expression; strings are quoted, and a missing default is NULL. */
    public static @Nullable String ofMariaDb(@Nullable String text) {
        if (text == null || text.equals("NULL")) {
            return null;
        }
        Matcher quoted = QUOTED.matcher(text);
        return quoted.matches() ? unescape(quoted.group(1)) : ofExpression(text);
    }

    private static String ofExpression(String text) {
        Matcher now = NOW.matcher(text);
        if (now.matches()) {
            String digits = now.group(2);
            String name = now.group(1).toUpperCase(Locale.ROOT);
            return digits == null || digits.isEmpty() ? name : name + "(" + digits + ")";
        }
        return LITERAL.matcher(text).matches() ? text : EXPRESSION;
    }

    private static String unescape(String text) {
        return text.replace("''", "'").replace("\\'", "'").replace("\\\\", "\\");
    }
}
