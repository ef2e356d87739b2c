package dev.rowan.db.internal.shell;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Divides lines into statements, at a delimiter that is in no literal, name or comment. */
final class StatementBuffer {

    private static final Pattern DELIMITER = Pattern.compile("(?i)\\s*delimiter\\s+(\\S+)\\s*");

    private String delimiter = ";";
    private String pending = "";

    /** Adds lines, and returns the statements that end in them, without the delimiter. */
    List<String> add(String lines) {
        var statements = new ArrayList<String>();
        for (var line : lines.split("\n", -1)) {
            var command = DELIMITER.matcher(line);
            if (command.matches() && isEmpty()) {
                delimiter = command.group(1);
                pending = "";
            } else {
                pending += line + "\n";
                if (line.contains(delimiter)) { // else nothing has ended: long statements are not read again and again
                    takeStatements(statements);
                }
            }
        }
        return statements;
    }

    /** Returns whether no statement is begun. */
    boolean isEmpty() {
        return isBlank(pending);
    }

    /** Returns whether no statement is begun after these lines. */
    boolean isCompleteWith(String lines) {
        var copy = new StatementBuffer();
        copy.delimiter = delimiter;
        copy.pending = pending;
        copy.add(lines);
        return copy.isEmpty();
    }

    /** Returns what is left at the end: at most one statement, without the delimiter. */
    List<String> rest() {
        var rest = isEmpty() ? List.<String>of() : List.of(pending.strip());
        pending = "";
        return rest;
    }

    private void takeStatements(List<String> statements) {
        for (int end; (end = indexOfDelimiter()) >= 0; ) {
            var statement = pending.substring(0, end);
            if (!isBlank(statement)) {
                statements.add(statement.strip());
            }
            pending = pending.substring(end + delimiter.length());
        }
    }

    private int indexOfDelimiter() {
        var position = 0;
        for (var part : SqlScanner.partsOfServer(pending)) {
            var found = part.kind() == Kind.CODE ? part.text().indexOf(delimiter) : -1;
            if (found >= 0) {
                return position + found;
            }
            position += part.text().length();
        }
        return -1;
    }

    /** Returns whether the server would find nothing in it. */
    private static boolean isBlank(String sql) {
        return sql.isBlank()
                || SqlScanner.partsOfServer(sql).stream()
                        .allMatch(part ->
                                part.kind() == Kind.COMMENT || part.text().isBlank());
    }
}
