package dev.rowan.db.internal.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Foreign keys that the server does not check for every row. MySQL 9.7 with {@code innodb_native_foreign_keys=OFF}
 * checks one by the first index that begins with its columns, and stores a row without a parent if another column of
 * that index is NULL. Whether this server does so is tried, once.
 */
final class UncheckedReferences {

    private static final String PARENT = "rowan_check_parent";
    private static final String CHILD = "rowan_check_child";

    private record IndexedColumn(String name, boolean isNullable) {}

    private final Connection connection;
    private @Nullable Boolean isAffected;

    UncheckedReferences(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns those of the foreign keys that are not checked for every row, with what makes them so.
     *
     * @param foreignKeys the table and the columns of each, in two lines, by its table and its name
     */
    Map<String, String> of(Map<String, String> foreignKeys) throws SQLException {
        var found = new TreeMap<String, String>();
        for (var key : foreignKeys.entrySet()) {
            var end = key.getKey().indexOf('\n');
            var table = key.getKey().substring(0, end);
            var columns = List.of(key.getValue().substring(end + 1).split(","));
            for (var index : indexes(table).entrySet()) {
                var indexed = index.getValue();
                if (indexed.size() < columns.size()
                        || !indexed.subList(0, columns.size()).stream()
                                .map(IndexedColumn::name)
                                .toList()
                                .equals(columns)) {
                    continue;
                }
                var others = indexed.subList(columns.size(), indexed.size()).stream()
                        .filter(IndexedColumn::isNullable)
                        .map(IndexedColumn::name)
                        .toList();
                if (!others.isEmpty() && isAffected()) {
                    found.put(
                            key.getKey(),
                            "rows with NULL in " + String.join(" or ", others)
                                    + ", as the server checks it by the index " + index.getKey());
                }
                break; // the server takes the first one
            }
        }
        return found;
    }

    /** Returns the columns of the table's indexes, in the server's order. */
    private Map<String, List<IndexedColumn>> indexes(String table) throws SQLException {
        var indexes = new LinkedHashMap<String, List<IndexedColumn>>();
        for (var row : ServerQuery.rows(connection, "SHOW INDEX FROM `" + table.replace("`", "``") + "`")) {
            indexes.computeIfAbsent(String.valueOf(row.get(2)), name -> new ArrayList<>())
                    .add(new IndexedColumn(String.valueOf(row.get(4)), "YES".equals(row.get(9))));
        }
        return indexes;
    }

    private boolean isAffected() throws SQLException {
        if (isAffected == null) {
            isAffected = storesOrphans();
        }
        return isAffected;
    }

    private boolean storesOrphans() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + PARENT + " (id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE " + CHILD + " (id INT PRIMARY KEY, parent INT, other INT, UNIQUE (parent,"
                    + " other), FOREIGN KEY (parent) REFERENCES " + PARENT + " (id))");
            statement.execute("INSERT INTO " + CHILD + " (id, parent) VALUES (1, 1)");
            return true;
        } catch (SQLIntegrityConstraintViolationException e) {
            return false;
        } finally {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + CHILD + ", " + PARENT);
            }
        }
    }
}
