package dev.rowan.db.internal.migration;

import dev.rowan.db.internal.sql.SqlScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.RawSQLChange;
import liquibase.change.core.SQLFileChange;
import liquibase.changelog.ChangeSet;

/**
 * The SQL of a change as its author wrote it, and where it stands.
 *
 * @param file the file that contains it
 * @param firstLine the line of the file that it begins in; 0 if that is unknown
 */
record ChangesetText(String file, int firstLine, String sql) {

    /** A place in a file: its line, 0 if unknown. */
    record Place(String file, int line) {

        /** Returns the place for people, if it is known: the line, and the file if that is not the changeset's own. */
        Optional<String> within(ChangeSet changeset) {
            return line == 0
                    ? Optional.empty()
                    : Optional.of("line " + line + (file.equals(changeset.getFilePath()) ? "" : " of " + file));
        }

        /** Returns the place so many lines below this one. */
        Place below(int lines) {
            return line == 0 ? this : new Place(file, line + lines);
        }
    }

    /** Returns the SQL of a change; empty if the change is not written as SQL. */
    static Optional<ChangesetText> of(ChangeSet changeset, Change change) {
        if (!(change instanceof AbstractSQLChange written) || written.getSql() == null) {
            return Optional.empty();
        }
        var file = changeset.getFilePath();
        var line = 0;
        if (written instanceof SQLFileChange sqlFile && sqlFile.getPath() != null) {
            file = sqlFile.getPath();
            line = 1;
        } else if (written instanceof RawSQLChange raw && raw.getSqlStartLine() != null) {
            line = raw.getSqlStartLine();
        }
        return Optional.of(new ChangesetText(file, line, written.getSql()));
    }

    /** Returns how people call a changeset: its author, its id and its file. */
    static String name(ChangeSet changeset) {
        return changeset.getAuthor() + ":" + changeset.getId() + " in " + changeset.getFilePath();
    }

    /** Returns the place of this position of the SQL. */
    Place at(int position) {
        var line = firstLine == 0 ? 0 : firstLine + lineBreaks(sql.substring(0, position));
        return new Place(file, line);
    }

    /** Finds a statement, whatever was done to its comments and spaces; empty if it is not there exactly once. */
    Optional<Place> find(String statement) {
        var positions = new ArrayList<Integer>();
        var all = squeezed(sql, positions);
        var wanted = squeezed(statement, new ArrayList<>());
        var index = all.indexOf(wanted);
        return wanted.isEmpty() || index < 0 || index != all.lastIndexOf(wanted)
                ? Optional.empty()
                : Optional.of(at(positions.get(index)));
    }

    private static int lineBreaks(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    /** Returns the SQL without comments and spaces, and adds the position of each character that is left. */
    private static String squeezed(String sql, List<Integer> positions) {
        var squeezed = new StringBuilder();
        var position = 0;
        for (var part : SqlScanner.parts(sql)) {
            var text = part.text();
            for (var i = 0; i < text.length(); i++) {
                if (part.kind() != SqlScanner.Kind.COMMENT && !Character.isWhitespace(text.charAt(i))) {
                    squeezed.append(text.charAt(i));
                    positions.add(position + i);
                }
            }
            position += text.length();
        }
        return squeezed.toString();
    }
}
