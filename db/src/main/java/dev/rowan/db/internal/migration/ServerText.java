package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The server's message about a statement, without data. The server quotes names and values alike: what it quotes is
 * shown only where it must be a name, or where the statement has it as a word.
 */
final class ServerText {

    private static final int RAISED_SIGNAL = 1644;
    /** The state of a SIGNAL that names no other. */
    static final String RAISED_STATE = "45000";

    /** The error of a statement that the server has not begun to execute. */
    static final int SYNTAX_ERROR = 1064;

    private static final Pattern NEAR = Pattern.compile(".*? near '(.*)' at line (\\d+)", Pattern.DOTALL);
    /** A text in quotes; the apostrophe of {@code Can't} begins none. */
    private static final Pattern QUOTED = Pattern.compile("(?<![a-z](?='t ))'([^']*)'");

    /** The names that end a message: whatever is quoted before them may be a value, with quotes of its own. */
    private static final Pattern LAST_NAME = Pattern.compile(" for (?:key|column) '[^']+'(?: at row \\d+)?\\.?$");

    /** Messages that contain no value. */
    private static final Pattern NAMES_ONLY = Pattern.compile(
            "(?:Column|Field) '[^']+' (?:cannot be null|doesn't have a default value)|Check constraint '[^']+' is violated\\.?"
                    + "|Unable to create or change a table without a primary key, when the system variable '\\w+' is set\\..*"
                    + "|(?:Data too long|Out of range value|Data truncated) for column '[^']+' at row \\d+");

    private final SQLException failure;
    private final String sql;

    ServerText(SQLException failure, String sql) {
        this.failure = failure;
        this.sql = sql;
    }

    /** Returns the message with an ellipsis in place of each value. */
    String withoutValues() {
        if (failure.getErrorCode() == RAISED_SIGNAL || RAISED_STATE.equals(failure.getSQLState())) {
            return "a trigger, a procedure or a function raised an error of its own";
        }
        var whole = whole();
        if (failure.getErrorCode() == SYNTAX_ERROR) {
            var near = NEAR.matcher(whole);
            return near.matches() ? "SQL syntax error near " + SqlScanner.excerpt(near.group(1)) : "SQL syntax error";
        }
        return NAMES_ONLY.matcher(whole).matches() ? whole : quotedNamesOnly(whole);
    }

    /** Returns the line of the statement that has a syntax error, from 1; 1 for any other error. */
    int line() {
        var near = NEAR.matcher(whole());
        return failure.getErrorCode() == SYNTAX_ERROR && near.matches() ? Integer.parseInt(near.group(2)) : 1;
    }

    private String whole() {
        return String.valueOf(failure.getMessage())
                .strip()
                .replaceFirst("^Data truncation: ", "")
                .replaceFirst("^\\(conn=\\d+\\) ", "");
    }

    private String quotedNamesOnly(String whole) {
        var last = LAST_NAME.matcher(whole);
        var head = last.find() ? whole.substring(0, last.start()) : whole;
        var tail = whole.substring(head.length());
        var quoted = QUOTED.matcher(head);
        var end = 0;
        while (quoted.find()) {
            var isEnd = quoted.end() == head.length() || !Character.isLetterOrDigit(head.charAt(quoted.end()));
            if (!isEnd || !isName(quoted.group(1))) {
                return head.substring(0, quoted.start()) + "'…'" + tail;
            }
            end = quoted.end();
        }
        // an odd quote begins a value that contains one
        var odd = (tail.isEmpty() ? head : head + " ").indexOf("' ", end) < 0 ? -1 : head.indexOf(" '", end);
        return (odd < 0 ? whole : head.substring(0, odd) + " '…'" + tail).replaceAll("\\s+", " ");
    }

    /** Returns whether the statement contains this as a word, perhaps after a database, a table or both. */
    private boolean isName(String text) {
        var names = Arrays.asList(text.split("\\.", -1));
        var isQualified = names.size() > 1 && names.get(0).matches("[\\w$-]*");
        return names.size() <= 3
                && names.subList(isQualified ? 1 : 0, names.size()).stream()
                        .allMatch(name -> !name.isEmpty() && hasWord(name));
    }

    private boolean hasWord(String name) {
        var boundary = "[^\\p{L}\\p{N}_$]";
        return Pattern.compile(
                        "(?<=^|" + boundary + ")" + Pattern.quote(name) + "(?=$|" + boundary + ")",
                        Pattern.CASE_INSENSITIVE)
                .matcher(SqlScanner.withoutLiterals(sql))
                .find();
    }
}
