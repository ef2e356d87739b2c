package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Kind;
import dev.rowan.db.internal.sql.SqlScanner.Part;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The statement by which a server shows a view, without its definer, and without the name of its own database.
 *
 * @param name the view's name
 * @param sql the statement
 * @param sources the tables and views that it reads, as far as they are in the same database
 * @param isForeign whether it reads a table of another database, or calls its function
 * @param settings what must hold while the statement runs
 */
record ViewText(String name, String sql, Set<String> sources, boolean isForeign, Map<String, String> settings) {

    /** The code of the server's warning. */
    private static final int BROKEN = 1356;

    private static final Pattern BEFORE_TABLE =
            Pattern.compile("\\b(?:from|join|straight_join)\\s*\\(*\\s*$", Pattern.CASE_INSENSITIVE);

    /** Functions that have a FROM of their own, which no table follows. */
    private static final Pattern BEFORE_ARGUMENT =
            Pattern.compile("\\b(?:extract|trim)\\([^()]*\\bfrom\\s*$", Pattern.CASE_INSENSITIVE);

    /** Returns whether the view that a statement has shown cannot be run, as when a table of it is gone. */
    static boolean isBroken(Statement statement) throws SQLException {
        for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            if (warning.getErrorCode() == BROKEN) {
                return true;
            }
        }
        return false;
    }

    /** Reads what {@code SHOW CREATE VIEW} shows while the database is the current one. */
    static ViewText of(String name, String database, String shown, Map<String, String> settings) {
        var parts = withoutQualifiers(SqlScanner.parts(Definer.removed(shown)), database);
        var sources = new LinkedHashSet<String>();
        var isForeign = false;
        for (var i = 1; i < parts.size(); i++) {
            var isTable = parts.get(i).kind() == Kind.NAME
                    && parts.get(i - 1).kind() == Kind.CODE
                    && isBeforeTable(parts.subList(0, i));
            var isOfDatabase = parts.get(i).kind() == Kind.NAME && isQualifier(parts, i);
            if (isOfDatabase && (isTable || isFunction(parts, i + 2))) {
                isForeign = true;
            } else if (isTable) {
                sources.add(SqlName.unquoted(parts.get(i).text()));
            }
        }
        return new ViewText(name, SqlName.text(parts), sources, isForeign, settings);
    }

    /** Removes the name of the database where it can be nothing else: before a function, or before a table. */
    private static List<Part> withoutQualifiers(List<Part> parts, String database) {
        var kept = new ArrayList<Part>();
        var own = SqlName.quoted(database);
        for (var i = 0; i < parts.size(); i++) {
            if (parts.get(i).text().equals(own)
                    && isQualifier(parts, i)
                    && (isFunction(parts, i + 2) || isBeforeTable(kept))) {
                i++; // and the dot
            } else {
                kept.add(parts.get(i));
            }
        }
        return kept;
    }

    private static boolean isBeforeTable(List<Part> parts) {
        return !parts.isEmpty()
                && BEFORE_TABLE.matcher(parts.get(parts.size() - 1).text()).find()
                && !BEFORE_ARGUMENT
                        .matcher(SqlScanner.withoutLiterals(SqlName.text(parts)))
                        .find();
    }

    private static boolean isQualifier(List<Part> parts, int index) {
        return index + 2 < parts.size() && parts.get(index + 1).text().equals(".");
    }

    private static boolean isFunction(List<Part> parts, int index) {
        return index + 1 < parts.size() && parts.get(index + 1).text().startsWith("(");
    }

    Definition create() {
        return new Definition("view", name, sql, settings);
    }
}
