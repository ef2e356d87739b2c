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
    private final StringBuilder pending = new StringBuilder();

    /** Up to here no delimiter is pending: a statement of many lines is not read again with each of them. */
    private int readUpTo;

    /** Adds lines, and returns the statements that end in them, without the delimiter. */
    List<String> add(String lines) {
        var statements = new ArrayList<String>();
        for (var line : lines.split("\n", -1)) {
            var command = DELIMITER.matcher(line);
            if (command.matches() && isEmpty()) {
                delimiter = command.group(1);
                drop(pending.length());
            } else {
                pending.append(line).append('\n');
                if (line.contains(delimiter)) { // else nothing has ended
                    takeStatements(statements);
                }
            }
        }
        return statements;
    }

    /** Returns whether no statement is begun. */
    boolean isEmpty() {
        return isBlank(pending.toString());
    }

    /** Returns whether no statement is begun after these lines. */
    boolean isCompleteWith(String lines) {
        var copy = new StatementBuffer();
        copy.delimiter = delimiter;
        copy.pending.append(pending);
        copy.add(lines);
        return copy.isEmpty();
    }

    /** Returns what is left at the end: at most one statement, without the delimiter. */
    List<String> rest() {
        var rest = isEmpty() ? List.<String>of() : List.of(pending.toString().strip());
        drop(pending.length());
        return rest;
    }

    private void takeStatements(List<String> statements) {
        var start = 0;
        var position = readUpTo;
        for (var part : SqlScanner.partsOfServer(pending.substring(readUpTo))) {
            if (part.kind() == Kind.COMMENT && part.text().startsWith(delimiter)) { // as after DELIMITER #
                addStatement(pending.substring(start, position), statements);
                drop(position + delimiter.length());
                takeStatements(statements); // what follows is no comment
                return;
            }
            var end = position + part.text().length();
            if (part.kind() == Kind.CODE) {
                var code = part.text();
                for (int found; (found = code.indexOf(delimiter, Math.max(start - position, 0))) >= 0; ) {
                    addStatement(pending.substring(start, position + found), statements);
                    start = position + found + delimiter.length();
                }
                readUpTo = end;
            } else {
                readUpTo = position; // the next line may go on with the literal
            }
            position = end;
        }
        drop(start);
    }

    private static void addStatement(String statement, List<String> statements) {
        if (!isBlank(statement)) {
            statements.add(statement.strip());
        }
    }

    private void drop(int end) {
        pending.delete(0, end);
        readUpTo = Math.max(readUpTo - end, 0);
    }

    /** Returns whether the server would find nothing in it. */
    private static boolean isBlank(String sql) {
        return sql.isBlank()
                || SqlScanner.partsOfServer(sql).stream()
                        .allMatch(part ->
                                part.kind() == Kind.COMMENT || part.text().isBlank());
    }
}
