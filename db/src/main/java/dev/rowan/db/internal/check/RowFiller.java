package dev.rowan.db.internal.check;

import dev.rowan.db.internal.schema.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a few rows into each table of a database: values by the types of columns, keys of rows that exist, and one row
 * with nulls wherever they are allowed.
 */
final class RowFiller {

    private static final int ROWS = 3;

    /** Which of the rows has the nulls. */
    private static final int ROW_OF_NULLS = 2;

    /** The numbers of rows begin above those that changesets may have written. */
    private static final int FIRST = 100;

    private record Column(
            String name, String type, String fullType, int length, int precision, int scale, boolean isNullable) {}

    /** A foreign key: columns of the table, by which it leads to columns of another. */
    private record Reference(String table, Map<String, String> columns) {}

    private final Connection connection;
    private final Map<String, List<Column>> tables = new TreeMap<>();
    private final Map<String, Map<String, Reference>> references = new HashMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();

    RowFiller(Connection connection) throws SQLException {
        this.connection = connection;
        readColumns();
        readReferences();
    }

    /** Writes the rows, and returns a sentence for each table that has none. */
    List<String> fill() throws SQLException {
        var empty = new TreeSet<>(tables.keySet());
        // parents first; then what can do without them
        while (empty.removeIf(table -> fill(table, false)) || empty.removeIf(table -> fill(table, true))) {
            failures.keySet().retainAll(empty);
        }
        return empty.stream()
                .map(table -> "No rows were made for " + table
                        + (failures.containsKey(table)
                                ? ", because the server refused them (" + failures.get(table) + ")"
                                : "")
                        + ".")
                .toList();
    }

    private boolean fill(String table, boolean isWithoutParents) {
        var isFilled = false;
        for (var row = 1; row <= ROWS; row++) {
            if (row != ROW_OF_NULLS) {
                isFilled |= insert(table, row, List.of(), isWithoutParents);
            }
        }
        var nullable = tables.getOrDefault(table, List.of()).stream()
                .filter(Column::isNullable)
                .map(Column::name)
                .toList();
        if (insert(table, ROW_OF_NULLS, nullable, isWithoutParents)) {
            return true;
        }
        for (var column : nullable) { // such as those of which a check wants one
            isFilled |= insert(table, ROWS + 1 + nullable.indexOf(column), List.of(column), isWithoutParents);
        }
        return isFilled;
    }

    private boolean insert(String table, int row, List<String> nulls, boolean isWithoutParents) {
        var values = values(table, row, nulls, isWithoutParents);
        return values != null && insert(table, values);
    }

    private boolean insert(String table, Map<String, String> values) {
        var sql = "INSERT INTO " + SqlName.quoted(table) + " ("
                + values.keySet().stream().map(SqlName::quoted).collect(Collectors.joining(", ")) + ") VALUES ("
                + String.join(", ", values.values()) + ")";
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            failures.put(table, e.getErrorCode());
            return false;
        }
    }

    /** Returns an expression for each column; null if a parent is missing. */
    private @Nullable Map<String, String> values(String table, int row, List<String> nulls, boolean isWithoutParents) {
        var values = new LinkedHashMap<String, String>();
        for (var column : tables.getOrDefault(table, List.of())) {
            values.put(column.name(), nulls.contains(column.name()) ? "NULL" : value(column, FIRST + row));
        }
        for (var reference : references.getOrDefault(table, Map.of()).values()) {
            var parent = parent(reference, row);
            if (parent == null && !(isWithoutParents || reference.table().equals(table))) {
                return null;
            }
            var column = 0;
            for (var name : reference.columns().keySet()) {
                if (parent == null) {
                    values.put(name, "NULL");
                } else if (!"NULL".equals(values.get(name))) {
                    values.put(name, parent.get(column));
                }
                column++;
            }
        }
        return values;
    }

    /** Returns the key of a row of the parent, as expressions; null if it has none. */
    private @Nullable List<String> parent(Reference reference, int row) {
        var columns = reference.columns().values().stream()
                .map(name -> "QUOTE(" + SqlName.quoted(name) + ")")
                .collect(Collectors.joining(", "));
        var notNull = reference.columns().values().stream()
                .map(name -> SqlName.quoted(name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        try {
            var keys = ServerQuery.rows(
                    connection,
                    "SELECT DISTINCT " + columns + " FROM " + SqlName.quoted(reference.table()) + " WHERE " + notNull
                            + " LIMIT " + ROWS);
            return keys.isEmpty()
                    ? null
                    : keys.get((row - 1) % keys.size()).stream()
                            .map(String::valueOf)
                            .toList();
        } catch (SQLException e) {
            return null; // of another database, which this user may not read
        }
    }

    private static String value(Column column, int number) {
        return switch (column.type()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" ->
                String.valueOf(column.fullType().startsWith("tinyint(1)") ? number % 2 : number);
            case "decimal", "float", "double" ->
                String.valueOf(column.precision() - column.scale() > 2 ? number : number % 10);
            case "bit" -> column.precision() > 7 ? String.valueOf(number) : String.valueOf(number % 2);
            case "year" -> String.valueOf(1900 + number);
            case "date" -> "'" + day(number) + "'";
            case "datetime", "timestamp" -> "'" + day(number) + " 12:00:00'";
            case "time" -> "'12:00:0" + number % 10 + "'";
            case "json", "longtext" -> // MariaDB says longtext for json
                "'{\"number\": " + number + "}'";
            case "enum", "set" -> member(column.fullType(), number);
            case "uuid" -> "'00000000-0000-0000-0000-000000000" + number + "'";
            case "inet4" -> "'10.0.0." + number + "'";
            case "inet6" -> "'::" + number + "'";
            case "geometry", "point" -> "ST_GeomFromText('POINT(" + number + " 1)')";
            case "linestring" -> "ST_GeomFromText('LINESTRING(0 0, " + number + " 1)')";
            case "polygon" -> "ST_GeomFromText('POLYGON((0 0, 0 1, " + number + " 1, 0 0))')";
            default -> "'" + text(number, column.length()) + "'"; // text and bytes
        };
    }

    private static String day(int number) {
        return "2001-01-%02d".formatted(1 + number % 28);
    }

    private static String text(int number, int length) {
        var text = "row " + number;
        return text.length() <= length ? text : text.substring(text.length() - length);
    }

    /** Returns one of the literals of an ENUM or SET, by its position in the declaration. */
    private static String member(String fullType, int number) {
        var members = fullType.replaceFirst("^\\w+\\(", "")
                .replaceFirst("\\)[^)]*$", "")
                .split("(?<='),(?=')", -1);
        return members[number % members.length];
    }

    private void readColumns() throws SQLException {
        for (var row : ServerQuery.rows(
                connection,
                "SELECT c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE, c.COLUMN_TYPE, COALESCE(c.CHARACTER_MAXIMUM_LENGTH,"
                        + " 0), COALESCE(c.NUMERIC_PRECISION, 0), COALESCE(c.NUMERIC_SCALE, 0), c.IS_NULLABLE"
                        + " FROM information_schema.COLUMNS c JOIN information_schema.TABLES t ON t.TABLE_SCHEMA ="
                        + " c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME WHERE c.TABLE_SCHEMA = DATABASE()"
                        + " AND t.TABLE_TYPE = 'BASE TABLE' AND c.TABLE_NAME NOT LIKE 'DATABASECHANGELOG%'"
                        + " AND COALESCE(c.GENERATION_EXPRESSION, '') = '' AND c.EXTRA NOT LIKE '%auto_increment%'"
                        + " ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION")) {
            var text = row.stream().map(String::valueOf).toList();
            tables.computeIfAbsent(text.get(0), name -> new ArrayList<>())
                    .add(new Column(
                            text.get(1),
                            text.get(2).toLowerCase(Locale.ROOT),
                            text.get(3),
                            (int) Math.min(Long.parseLong(text.get(4)), Integer.MAX_VALUE),
                            Integer.parseInt(text.get(5)),
                            Integer.parseInt(text.get(6)),
                            text.get(7).equals("YES")));
        }
    }

    private void readReferences() throws SQLException {
        for (var row : ServerQuery.rows(
                connection,
                "SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME FROM"
                        + " information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()"
                        + " AND REFERENCED_TABLE_NAME IS NOT NULL ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION")) {
            var text = row.stream().map(String::valueOf).toList();
            references
                    .computeIfAbsent(text.get(0), name -> new TreeMap<>())
                    .computeIfAbsent(text.get(1), name -> new Reference(text.get(3), new LinkedHashMap<>()))
                    .columns()
                    .put(text.get(2), text.get(4));
        }
    }
}
