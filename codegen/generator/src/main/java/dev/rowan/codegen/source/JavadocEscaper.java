package dev.rowan.codegen.source;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escapes what javac interprets in a comment from the database even inside javadoc, and jOOQ does not escape. */
final class JavadocEscaper {

    private static final String UNICODE_ESCAPE = "\\u";
    private static final String DEPRECATED = "@deprecated";
    /** A comment; or a string, in which nothing is a comment. */
    private static final Pattern TOKEN = Pattern.compile("(?s)\"(?:[^\"\\\\]|\\\\.)*+\"|(/\\*.*?\\*/)");

    private JavadocEscaper() {}

    /** Returns a source text with its comments escaped. */
    static String escape(String text) {
        return text.contains(UNICODE_ESCAPE) || text.contains(DEPRECATED)
                ? TOKEN.matcher(text).replaceAll(JavadocEscaper::escaped)
                : text;
    }

    private static String escaped(MatchResult token) {
        String comment = token.group(1);
        if (comment == null) {
            return Matcher.quoteReplacement(token.group());
        }
        return Matcher.quoteReplacement(comment
                // begins a Unicode escape even in a comment, such as the path of a Windows user directory
                .replace(UNICODE_ESCAPE, "&#92;u")
                // -Xlint expects an annotation beside this tag
                .replace(DEPRECATED, "&#64;deprecated"));
    }
}
