package dev.rowan.db.internal.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a changeset makes that is likely to be regretted, by what the server shows of the schema before and after it.
 */
final class SchemaLint {

    private static final Pattern DDL = Pattern.compile(
            "\\s*(?:ALTER|CREATE(?!\\s+TEMPORARY)|DROP(?!\\s+TEMPORARY)|RENAME|TRUNCATE)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String OWN_TABLES = " = DATABASE() AND TABLE_NAME NOT LIKE 'DATABASECHANGELOG%'";

    /** Something to warn of: what it is, as {@link Acceptance} names it, and a sentence. */
    record Finding(String what, String text) {}

    /** What the server shows, by a key of its own: a table, or a table and something of it, in two lines. */
    private record State(
            Map<String, String> tablesWithoutKey,
            Map<String, String> constraints,
            Map<String, String> foreignKeys,
            Map<String, String> indexes,
            Map<String, String> utf8mb3) {}

    private final Connection connection;
    private final UncheckedReferences unchecked;
    private State before;

    SchemaLint(Connection connection) throws SQLException {
        this.connection = connection;
        this.unchecked = new UncheckedReferences(connection);
        this.before = read();
    }

    /**
     * Returns what there is to say of a changeset, which has just been applied.
     *
     * @param statements what it ran
     */
    List<Finding> findings(List<String> statements) throws SQLException {
        var after = read();
        var findings = new ArrayList<Finding>();
        added(before.tablesWithoutKey, after.tablesWithoutKey)
                .forEach((key, table) -> findings.add(new Finding(
                        Acceptance.NO_PRIMARY_KEY,
                        table + " has no primary key, so that a row cannot be named, and replication is slow")));
        added(before.constraints, after.constraints).forEach((key, constraint) -> {
            var name = key.substring(key.indexOf('\n') + 1);
            if (!isWritten(name, statements)) {
                findings.add(new Finding(
                        Acceptance.UNNAMED_CONSTRAINT,
                        constraint + " has no name of its own, and the server has called it " + name
                                + ": errors say that name, and a later changeset must guess it"));
            }
        });
        added(before.foreignKeys, after.foreignKeys).forEach((key, columns) -> {
            var name = key.substring(key.indexOf('\n') + 1);
            var index = added(before.indexes, after.indexes).entrySet().stream()
                    .filter(entry -> entry.getValue().equals(columns))
                    .map(entry -> entry.getKey().substring(entry.getKey().indexOf('\n') + 1))
                    .toList();
            if (index.size() == 1 && !isKeyWritten(index.getFirst(), statements)) {
                findings.add(new Finding(
                        Acceptance.IMPLICIT_INDEX,
                        "the foreign key " + name + " of " + key.substring(0, key.indexOf('\n'))
                                + " has no index in the changelog: the server has made one, and drops it silently when"
                                + " another one fits. Add INDEX ("
                                + quoted(columns.substring(columns.indexOf('\n') + 1))
                                + ") to the table"));
            }
        });
        unchecked.of(withNewIndexes(after)).forEach((key, rows) -> {
            var end = key.indexOf('\n');
            findings.add(new Finding(
                    Acceptance.UNCHECKED_REFERENCE,
                    "this server does not check the foreign key " + key.substring(end + 1) + " of "
                            + key.substring(0, end) + " for " + rows
                            + ": such a row may refer to nothing. Let another column come first in that index, or make"
                            + " its columns NOT NULL"));
        });
        added(before.utf8mb3, after.utf8mb3)
                .forEach(
                        (column, charset) -> findings.add(
                                new Finding(
                                        Acceptance.UTF8MB3,
                                        column
                                                + " has the character set utf8mb3, which refuses emoji and is deprecated: use utf8mb4")));
        var ddl = statements.stream().filter(sql -> DDL.matcher(sql).matches()).count();
        if (ddl > 1) {
            findings.add(new Finding(
                    Acceptance.SEVERAL_STATEMENTS,
                    "it has " + ddl + " statements that change the schema: the server commits each, so a failure leaves"
                            + " some of them applied. Write a changeset for each"));
        }
        before = after;
        return findings;
    }

    /** Returns the foreign keys that are new, and those of tables with new indexes. */
    private Map<String, String> withNewIndexes(State after) {
        var tables = new TreeSet<String>();
        for (var added : List.of(added(before.foreignKeys, after.foreignKeys), added(before.indexes, after.indexes))) {
            added.keySet().forEach(key -> tables.add(key.substring(0, key.indexOf('\n'))));
        }
        var keys = new TreeMap<>(after.foreignKeys);
        keys.keySet().removeIf(key -> !tables.contains(key.substring(0, key.indexOf('\n'))));
        return keys;
    }

    private State read() throws SQLException {
        var withoutKey = map("SELECT TABLE_NAME, TABLE_NAME FROM information_schema.TABLES t WHERE TABLE_SCHEMA"
                + OWN_TABLES + " AND TABLE_TYPE = 'BASE TABLE' AND NOT EXISTS (SELECT 1 FROM"
                + " information_schema.TABLE_CONSTRAINTS c WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME ="
                + " t.TABLE_NAME AND c.CONSTRAINT_TYPE = 'PRIMARY KEY')");
        var indexes =
                map("SELECT CONCAT(TABLE_NAME, '\n', INDEX_NAME), CONCAT(TABLE_NAME, '\n', GROUP_CONCAT(COLUMN_NAME"
                        + " ORDER BY SEQ_IN_INDEX)) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA" + OWN_TABLES
                        + " GROUP BY TABLE_NAME, INDEX_NAME");
        var foreignKeys = map("SELECT CONCAT(TABLE_NAME, '\n', CONSTRAINT_NAME), CONCAT(TABLE_NAME, '\n',"
                + " GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION)) FROM information_schema.KEY_COLUMN_USAGE"
                + " WHERE TABLE_SCHEMA" + OWN_TABLES
                + " AND REFERENCED_TABLE_NAME IS NOT NULL GROUP BY TABLE_NAME, CONSTRAINT_NAME");
        var utf8mb3 = map("SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME), CHARACTER_SET_NAME FROM"
                + " information_schema.COLUMNS WHERE TABLE_SCHEMA" + OWN_TABLES
                + " AND CHARACTER_SET_NAME IN ('utf8', 'utf8mb3')");
        return new State(withoutKey, unnamed(indexes), foreignKeys, indexes, utf8mb3);
    }

    /** Returns the constraints whose names are such as the server gives. */
    private Map<String, String> unnamed(Map<String, String> indexes) throws SQLException {
        var unnamed = new TreeMap<String, String>();
        for (var row : ServerQuery.rows(
                connection,
                "SELECT TABLE_NAME, CONSTRAINT_NAME, CONSTRAINT_TYPE FROM information_schema.TABLE_CONSTRAINTS WHERE"
                        + " TABLE_SCHEMA" + OWN_TABLES)) {
            var table = String.valueOf(row.get(0));
            var name = String.valueOf(row.get(1));
            var key = table + "\n" + name;
            var index = indexes.getOrDefault(key, "");
            var columns = index.substring(index.indexOf('\n') + 1);
            var firstColumn = columns.replaceFirst(",.*", "");
            var isUnnamed = switch (String.valueOf(row.get(2))) {
                case "FOREIGN KEY" -> name.matches("(?:" + Pattern.quote(table) + "_ibfk_)?\\d+");
                case "CHECK" -> name.matches(Pattern.quote(table) + "_chk_\\d+|CONSTRAINT_\\d+");
                case "UNIQUE" -> name.matches(Pattern.quote(firstColumn) + "(?:_\\d+)?");
                default -> false;
            };
            if (isUnnamed) {
                var kind = Objects.requireNonNull(row.get(2)).equals("UNIQUE")
                        ? "the unique key on " + columns
                        : "a " + (row.get(2) + " constraint").toLowerCase(Locale.ROOT);
                unnamed.put(key, kind + " of " + table);
            }
        }
        return unnamed;
    }

    private Map<String, String> map(String sql) throws SQLException {
        var map = new TreeMap<String, String>();
        for (var row : ServerQuery.rows(connection, sql)) {
            map.put(text(row.get(0)), text(row.get(1)));
        }
        return map;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Map<String, String> added(Map<String, String> before, Map<String, String> after) {
        var added = new TreeMap<>(after);
        added.keySet().removeAll(before.keySet());
        return added;
    }

    /** Returns whether the author has given this name to a constraint or an index. */
    private static boolean isWritten(String name, List<String> statements) {
        return matches("(?:CONSTRAINT|KEY|INDEX|UNIQUE)", name, statements);
    }

    private static boolean isKeyWritten(String name, List<String> statements) {
        return matches("(?:KEY|INDEX)", name, statements);
    }

    private static boolean matches(String words, String name, List<String> statements) {
        var pattern = Pattern.compile(
                "\\b" + words + "\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?`?" + Pattern.quote(name) + "(?![\\w$])",
                Pattern.CASE_INSENSITIVE);
        return statements.stream().anyMatch(sql -> pattern.matcher(sql).find());
    }

    private static String quoted(String columns) {
        return "`" + columns.replace(",", "`, `") + "`";
    }
}
