package dev.rowan.db.internal.check;

import dev.rowan.db.internal.schema.SqlName;
import dev.rowan.db.internal.sql.SqlScanner;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes a table and may say by which algorithm and lock: {@code ALTER TABLE}, {@code CREATE INDEX}
 * or {@code DROP INDEX}.
 *
 * @param sql the statement
 * @param database the name of the table's database, if the statement has it; otherwise empty
 * @param table the name of the table, without quotes
 * @param tableEnd where the table's name ends; -1 if clauses stand at the end of the statement, without a comma
 */
record TableChange(String sql, String database, String table, int tableEnd) {

    private static final String NAME = "(?:(" + SqlName.ANY + ")\\s*\\.\\s*)?(" + SqlName.ANY + ")";

    private static final Pattern ALTER_TABLE = Pattern.compile(
            "\\s*ALTER\\s+(?:ONLINE\\s+|IGNORE\\s+)*TABLE\\s+(?:IF\\s+EXISTS\\s+)?" + NAME, Pattern.CASE_INSENSITIVE);

    private static final Pattern INDEX = Pattern.compile(
            "\\s*(?:CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:ONLINE\\s+)?(?:(?:UNIQUE|FULLTEXT|SPATIAL)\\s+)?|DROP\\s+)INDEX\\s.*?\\sON\\s+"
                    + NAME,
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ASKS_TO_BLOCK = Pattern.compile(
            "\\b(?:ALGORITHM\\s*=?\\s*COPY|LOCK\\s*=?\\s*(?:SHARED|EXCLUSIVE))\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern ASKS_FOR_INPLACE =
            Pattern.compile("\\bALGORITHM\\s*=?\\s*INPLACE\\b", Pattern.CASE_INSENSITIVE);

    /** Returns the change that a statement makes; empty if it is another statement. */
    static Optional<TableChange> of(String sql) {
        var code = SqlScanner.withoutLiterals(sql);
        var alter = ALTER_TABLE.matcher(code);
        if (alter.lookingAt()) {
            return Optional.of(of(sql, alter, alter.end()));
        }
        var index = INDEX.matcher(code);
        return index.lookingAt() ? Optional.of(of(sql, index, -1)) : Optional.empty();
    }

    private static TableChange of(String sql, Matcher names, int tableEnd) {
        return new TableChange(sql, unquoted(names.group(1)), unquoted(names.group(2)), tableEnd);
    }

    /** Returns whether the table is in this database, which is that of the session. */
    boolean isIn(@Nullable String session) {
        return database.isEmpty() || database.equalsIgnoreCase(session);
    }

    /** Returns whether the statement itself asks for what blocks writes. */
    boolean asksToBlock() {
        return ASKS_TO_BLOCK.matcher(SqlScanner.withoutLiterals(sql)).find();
    }

    /** Returns whether the statement itself asks not to be done instantly. */
    boolean asksForInplace() {
        return ASKS_FOR_INPLACE.matcher(SqlScanner.withoutLiterals(sql)).find();
    }

    /** Returns the statement with these clauses, in each place where the grammar may want them, likely ones first. */
    List<String> with(String... clauses) {
        if (tableEnd < 0) {
            return List.of(sql + "\n" + String.join(" ", clauses));
        }
        var list = String.join(", ", clauses);
        var head = sql.substring(0, tableEnd) + " " + list;
        var rest = sql.substring(tableEnd);
        return List.of(sql + "\n, " + list, head + ", " + rest, head + " " + rest); // the last two for partitions
    }

    private static String unquoted(@Nullable String name) {
        return name == null ? "" : name.startsWith("`") ? SqlName.unquoted(name) : name;
    }
}
