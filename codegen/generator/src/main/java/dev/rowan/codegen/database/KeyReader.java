package dev.rowan.codegen.database;

import dev.rowan.codegen.config.KeyRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DefaultRelations;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Collects the unique keys that jOOQ reads, and adds those that sources need. It leaves out a key with the columns of
 * the primary key: MySQL makes one of {@code SERIAL PRIMARY KEY}, and MariaDB does not.
 */
final class KeyReader extends DefaultRelations {

    private record KeyId(String name, TableDefinition table) {}

    /** The columns of each key; null stands for an expression, or for a column that is left out. */
    private final Map<KeyId, List<@Nullable ColumnDefinition>> keys = new LinkedHashMap<>();

    @Override
    public void addUniqueKey(String name, TableDefinition table, @Nullable ColumnDefinition column) {
        keys.computeIfAbsent(new KeyId(name, table), key -> new ArrayList<>()).add(column);
    }

    /** Adds the unique keys; the primary keys have been added before. */
    void addTo(DefaultRelations relations) {
        keys.forEach((key, columns) -> {
            if (columns.contains(null) || hasColumns(primaryKeyOf(key.table(), relations), columns)) {
                return;
            }
            columns.forEach(column -> relations.addUniqueKey(key.name(), key.table(), column));
        });
    }

    /**
     * Adds the configured keys: a unique key to a view; a table's own unique key becomes its primary key.
     *
     * @throws IllegalArgumentException if a line matches nothing, or a table has no such key
     */
    static void addConfigured(List<KeyRule> rules, List<TableDefinition> tables, DefaultRelations relations) {
        Map<TableDefinition, KeyRule> used = new LinkedHashMap<>();
        for (KeyRule rule : rules) {
            List<TableDefinition> matched = tables.stream()
                    .filter(table -> rule.matches(table.getName()))
                    .toList();
            if (matched.isEmpty()) {
                throw rule.line().rejected("matches no view or table. Write the name as in the database.");
            }
            for (TableDefinition table : matched) {
                KeyRule other = used.put(table, rule);
                if (other != null) {
                    throw rule.line().contradicts(other.line(), table.getName());
                }
            }
        }
        Map<TableDefinition, UniqueKeyDefinition> primaryKeys = new LinkedHashMap<>();
        used.forEach((table, rule) -> {
            List<ColumnDefinition> columns = columns(rule, table);
            if (table.isView()) {
                String name = "KEY_" + table.getName() + "_" + String.join("_", rule.columns());
                columns.forEach(column -> relations.addUniqueKey(name, table, column));
            } else {
                primaryKeys.put(table, primaryKey(rule, table, columns, relations));
            }
        });
        primaryKeys.values().forEach(relations::overridePrimaryKey);
    }

    private static UniqueKeyDefinition primaryKey(
            KeyRule rule, TableDefinition table, List<ColumnDefinition> columns, DefaultRelations relations) {
        if (primaryKeyOf(table, relations).isPresent()) {
            throw rule.line()
                    .rejected("is about %s, which has a primary key. Remove the line.".formatted(table.getName()));
        }
        return relations.getKeys(table).stream()
                .filter(key -> hasColumns(Optional.of(key), columns))
                .filter(key -> columns.stream()
                        .noneMatch(column -> column.getDefinedType().isNullable()))
                .findFirst()
                .orElseThrow(() -> rule.line()
                        .rejected(
                                ("is about the table %s, which has no unique key of these columns, or they may be NULL:"
                                                + " a write could change several rows. Add the key in a changeset.")
                                        .formatted(table.getName())));
    }

    private static List<ColumnDefinition> columns(KeyRule rule, TableDefinition table) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (String name : rule.columns()) {
            @Nullable ColumnDefinition column = table.getColumn(name, true);
            if (column == null) {
                throw rule.line()
                        .rejected("names %s, which is no column of %s. Write its name as in the database."
                                .formatted(name, table.getName()));
            }
            columns.add(column);
        }
        return columns;
    }

    private static Optional<UniqueKeyDefinition> primaryKeyOf(TableDefinition table, DefaultRelations relations) {
        return table.getColumns().stream()
                .flatMap(column -> Optional.ofNullable(relations.getPrimaryKey(column)).stream())
                .findFirst();
    }

    private static boolean hasColumns(Optional<UniqueKeyDefinition> key, List<? extends @Nullable Definition> columns) {
        return key.isPresent() && Set.copyOf(key.get().getKeyColumns()).equals(new HashSet<>(columns));
    }
}
