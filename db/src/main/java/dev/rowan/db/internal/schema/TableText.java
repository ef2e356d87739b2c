package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.sql.SqlScanner;
import dev.rowan.db.internal.sql.SqlScanner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statement by which a server shows a table, without what belongs to that server: the counter of its keys, and
 * where its files are.
 *
 * @param name the table's name
 * @param columns its columns, keys and checks, and not its foreign keys
 * @param keys its foreign keys
 * @param options what stands after the last parenthesis
 */
record TableText(String name, List<String> columns, List<ForeignKey> keys, String options) {

    /**
     * A foreign key.
     *
     * @param definition the line that defines it
     * @param database the other database that it refers to; null if it is the same one
     * @param table the table that it refers to
     */
    record ForeignKey(String definition, @Nullable String database, String table) {}

    /** The kinds of the definitions that a table is made of. */
    static final Set<String> KINDS = Set.of("table", "foreign-keys");

    private static final Pattern FOREIGN_KEY = Pattern.compile(
            "\\s*(?:CONSTRAINT " + SqlName.QUOTED + " )?FOREIGN KEY .*" + " REFERENCES (?:(" + SqlName.QUOTED
                    + ")\\.)?(" + SqlName.QUOTED + ") \\(.*",
            Pattern.DOTALL);

    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=\\d+");
    private static final Pattern DIRECTORY = Pattern.compile("\\s*(?:DATA|INDEX) DIRECTORY ?= ?$");
    private static final Pattern PLACE_OF_PARTITION =
            Pattern.compile(" (?:(?:DATA|INDEX) DIRECTORY = '[^']*'|TABLESPACE = (?:" + SqlName.QUOTED + "|\\w+))");
    private static final Pattern TABLESPACE = Pattern.compile("/\\*!\\d+ TABLESPACE " + SqlName.QUOTED + " \\*/");
    private static final Pattern CONNECTION = Pattern.compile("\\bCONNECTION=");
    private static final Pattern ZERO_DATE =
            Pattern.compile("'(?:0000-\\d\\d-\\d\\d|\\d{4}-(?:00-\\d\\d|\\d\\d-00)).*");

    /** Without these modes, a session may give a column the default {@code '0000-00-00'}. */
    private static final Map<String, String> ZERO_DATES_ALLOWED =
            Map.of("sql_mode", "REPLACE(REPLACE(@@sql_mode, 'NO_ZERO_IN_DATE', ''), 'NO_ZERO_DATE', '')");

    /** Reads what {@code SHOW CREATE TABLE} shows. */
    static TableText of(String name, String sql) {
        var lines = SqlName.lines(sql);
        var columns = new ArrayList<String>();
        var keys = new ArrayList<ForeignKey>();
        var last = 1;
        for (; last < lines.size() && !lines.get(last).startsWith(")"); last++) {
            var line = lines.get(last).strip();
            var definition = line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
            var key = FOREIGN_KEY.matcher(definition);
            if (key.matches()) {
                var database = key.group(1) == null ? null : SqlName.unquoted(key.group(1));
                keys.add(new ForeignKey(definition, database, SqlName.unquoted(key.group(2))));
            } else {
                columns.add(definition);
            }
        }
        return new TableText(name, columns, keys, options(String.join("\n", lines.subList(last, lines.size()))));
    }

    private static String options(String sql) {
        var options = new StringBuilder();
        var isDirectory = false;
        for (var part : SqlScanner.parts(sql)) {
            var text = part.text();
            if (part.kind() == Kind.LITERAL && isDirectory) {
                text = "";
            }
            isDirectory = false;
            if (part.kind() == Kind.CODE) {
                var directory = DIRECTORY.matcher(COUNTER.matcher(text).replaceAll(""));
                isDirectory = directory.find();
                text = directory.replaceFirst("");
            } else if (part.kind() == Kind.SERVER_COMMENT) {
                text = PLACE_OF_PARTITION
                        .matcher(TABLESPACE.matcher(text).replaceFirst(""))
                        .replaceAll("");
            }
            options.append(text);
        }
        return options.toString();
    }

    /** Returns whether its rows are on another server; the connection to that may have a password. */
    boolean isRemote() {
        return CONNECTION.matcher(SqlScanner.withoutLiterals(options)).find();
    }

    /** Returns whether this and another table have the same definition, whatever their names. */
    boolean isNamedAnew(TableText other) {
        return options.equals(other.options)
                && columns.equals(other.columns.stream()
                        .map(line -> renamed(line, other.name))
                        .toList())
                && definitions(keys)
                        .equals(definitions(other.keys).stream()
                                .map(line -> renamed(line, other.name))
                                .toList());
    }

    /** Returns a definition as it is after a table was renamed: with it the server renames what it has named itself. */
    private String renamed(String definition, String before) {
        var old = before.replace("`", "``");
        var now = name.replace("`", "``");
        return definition
                .replace(" REFERENCES `" + old + "` ", " REFERENCES `" + now + "` ")
                .replace("CONSTRAINT `" + old + "_ibfk_", "CONSTRAINT `" + now + "_ibfk_")
                .replace("CONSTRAINT `" + old + "_chk_", "CONSTRAINT `" + now + "_chk_");
    }

    private static List<String> definitions(List<ForeignKey> keys) {
        return keys.stream().map(ForeignKey::definition).toList();
    }

    /** Returns the statement that makes the table, with those of its foreign keys. */
    Definition create(Predicate<ForeignKey> isIncluded) {
        var all = new ArrayList<>(columns);
        keys.stream().filter(isIncluded).map(ForeignKey::definition).forEach(all::add);
        var sql = "CREATE TABLE " + SqlName.quoted(name) + " (\n  " + String.join(",\n  ", all) + "\n" + options;
        return new Definition("table", name, sql, hasZeroDate() ? ZERO_DATES_ALLOWED : Map.of());
    }

    /** Returns the statement that adds foreign keys to the table when it exists. */
    Definition add(List<ForeignKey> added) {
        var additions = added.stream().map(key -> "\n  ADD " + key.definition()).toList();
        var sql = "ALTER TABLE " + SqlName.quoted(name) + String.join(",", additions);
        return new Definition("foreign-keys", name, sql, hasZeroDate() ? ZERO_DATES_ALLOWED : Map.of());
    }

    private boolean hasZeroDate() {
        return SqlScanner.parts(String.join("\n", columns)).stream()
                .anyMatch(part -> part.kind() == Kind.LITERAL
                        && ZERO_DATE.matcher(part.text()).matches());
    }
}
