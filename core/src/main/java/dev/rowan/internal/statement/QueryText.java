package dev.rowan.internal.statement;

import java.util.Locale;
import java.util.Set;

/** SQL as traces show it: without values, and as few different texts as possible. */
final class QueryText {

    /** The most characters that are shown. */
    private static final int LONGEST = 2_000;

    /** The first words of statements that have no further word in their name. */
    private static final Set<String> OPERATIONS = Set.of(
            "ALTER",
            "ANALYZE",
            "BEGIN",
            "CALL",
            "CREATE",
            "DELETE",
            "DESCRIBE",
            "DO",
            "DROP",
            "EXPLAIN",
            "GRANT",
            "INSERT",
            "LOCK",
            "OPTIMIZE",
            "RENAME",
            "REPLACE",
            "REVOKE",
            "SAVEPOINT",
            "SELECT",
            "SHOW",
            "TABLE",
            "TRUNCATE",
            "UNLOCK",
            "UPDATE",
            "VALUES",
            "WITH");

    private final String sql;
    private final StringBuilder text;

    private QueryText(String sql) {
        this.sql = sql;
        this.text = new StringBuilder(Math.min(sql.length(), LONGEST));
    }

    /** Returns the keywords that name a statement; {@code OTHER} if they are not known: they may be anything. */
    static String operation(String sql) {
        var words = new QueryText(sql).firstWords();
        var first = words[0];
        return switch (first) {
            case "START" -> "START TRANSACTION";
            case "LOAD" -> "LOAD DATA";
            case "SET" -> words[1].equals("TRANSACTION") ? "SET TRANSACTION" : first;
            case "RELEASE" -> "RELEASE SAVEPOINT";
            case "COMMIT" -> first;
            case "ROLLBACK" -> words[1].equals("TO") ? "ROLLBACK TO SAVEPOINT" : first;
            default -> OPERATIONS.contains(first) ? first : "OTHER";
        };
    }

    private String[] firstWords() {
        var words = new String[] {"", ""};
        int at = 0;
        for (int i = 0; i < words.length; i++) {
            while (at < sql.length() && !Character.isLetter(sql.charAt(at))) {
                var comment = endOfComment(at);
                at = comment > at ? comment : at + 1;
            }
            var end = endOfName(at);
            words[i] = sql.substring(at, end).toUpperCase(Locale.ROOT);
            at = end;
        }
        return words;
    }

    /**
     * Returns SQL with a {@code ?} for each value, literals included, and for each list of values; without comments,
     * and shortened. Lists of rows become one row.
     */
    static String withoutValues(String sql) {
        return new QueryText(sql).withoutValues();
    }

    private String withoutValues() {
        int at = 0;
        while (at < sql.length() && text.length() < LONGEST) {
            at = append(at);
        }
        var shown = text.toString().strip();
        return at < sql.length() ? shown + "…" : shown;
    }

    /** Appends what begins at a position, and returns where it ends. */
    private int append(int at) {
        var c = sql.charAt(at);
        var comment = endOfComment(at);
        if (comment > at) {
            return comment;
        }
        if (c == '\'' || c == '"') {
            appendValue();
            return endOfQuoted(at);
        }
        if (c == '?') {
            appendValue();
            return at + 1;
        }
        if (Character.isDigit(c)) {
            appendValue();
            return endOfNumber(at);
        }
        if (c == ')') {
            appendEndOfRow();
            return at + 1;
        }
        var end = c == '`' ? endOfQuoted(at) : Math.max(endOfName(at), at + 1);
        text.append(sql, at, end);
        return end;
    }

    private void appendValue() {
        if (!dropRepeated("?", text.length())) {
            text.append('?');
        }
    }

    private void appendEndOfRow() {
        text.append(')');
        if (endsWith("(?)", text.length())) {
            dropRepeated("(?)", text.length() - "(?)".length());
        }
    }

    /** Cuts the text after an element if a comma follows it up to a position, and returns whether it did. */
    private boolean dropRepeated(String element, int position) {
        int end = withoutBlanks(position);
        if (!endsWith(",", end)) {
            return false;
        }
        end = withoutBlanks(end - 1);
        if (!endsWith(element, end)) {
            return false;
        }
        text.setLength(end);
        return true;
    }

    private int withoutBlanks(int position) {
        int end = position;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean endsWith(String element, int position) {
        var start = position - element.length();
        return start >= 0 && text.indexOf(element, start) == start;
    }

    /** Returns where the comment ends that begins at a position; the position itself if none does. */
    private int endOfComment(int at) {
        if (sql.startsWith("/*", at)) {
            var end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        if (sql.charAt(at) == '#' || isDashComment(at)) {
            var end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        return at;
    }

    /** The server takes two dashes for a comment if a blank, a control character or the end follows. */
    private boolean isDashComment(int at) {
        return sql.startsWith("--", at) && (at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    private int endOfQuoted(int at) {
        var quote = sql.charAt(at);
        for (int i = at + 1; i < sql.length(); i++) {
            var isDoubled = sql.charAt(i) == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote;
            if (isDoubled || (sql.charAt(i) == '\\' && quote != '`')) {
                i++;
            } else if (sql.charAt(i) == quote) {
                return i + 1;
            }
        }
        return sql.length();
    }

    private int endOfNumber(int at) {
        int end = at;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private int endOfName(int at) {
        int end = at;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
