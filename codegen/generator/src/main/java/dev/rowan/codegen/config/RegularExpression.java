package dev.rowan.codegen.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Compiles the regular expressions of the configuration. */
public final class RegularExpression {

    private RegularExpression() {}

    /**
     * Compiles the value of a parameter.
     *
     * @throws IllegalArgumentException if it is no regular expression
     */
    public static Pattern ofParameter(String parameter, String text) {
        try {
            return compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "<%s> is \"%s\", which is %s. Write it as users|order_.*".formatted(parameter, text, reason(e)));
        }
    }

    /**
     * Compiles the left side of a line.
     *
     * @throws IllegalArgumentException if it is no regular expression
     */
    static Pattern ofLine(RuleLine line) {
        return ofLine(line, line.what());
    }

    /**
     * Compiles a part of a line.
     *
     * @throws IllegalArgumentException if it is no regular expression
     */
    static Pattern ofLine(RuleLine line, String text) {
        try {
            return compile(text);
        } catch (PatternSyntaxException e) {
            throw line.malformed("\"" + text + "\" is " + reason(e));
        }
    }

    private static Pattern compile(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String reason(PatternSyntaxException e) {
        return "not a regular expression: " + e.getDescription();
    }
}
