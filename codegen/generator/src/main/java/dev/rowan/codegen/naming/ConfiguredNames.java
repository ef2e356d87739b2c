package dev.rowan.codegen.naming;

import dev.rowan.codegen.config.NameRule;
import dev.rowan.codegen.config.RuleLine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.TableDefinition;

/**
 * The names from which all others are made: those that the project has configured, and otherwise those of the database.
 */
final class ConfiguredNames {

    private final Map<List<String>, NameRule> tables = new HashMap<>();
    private final Map<List<String>, NameRule> columns = new HashMap<>();
    private final Map<List<String>, NameRule> keys = new HashMap<>();
    private final List<NameRule> prefixes;

    /**
     * Finds what the rules name.
     *
     * @throws IllegalArgumentException if a rule names nothing, or two rules name the same
     */
    ConfiguredNames(List<NameRule> rules, List<TableDefinition> all) {
        prefixes = rules.stream()
                .filter(NameRule::dropsPrefix)
                .sorted(Comparator.comparingInt(rule -> -rule.prefix().length()))
                .toList();
        for (NameRule rule : prefixes) {
            if (all.stream().noneMatch(table -> hasPrefix(table, rule))) {
                throw rule.line().rejected("matches no table.");
            }
        }
        rules.stream().filter(rule -> !rule.dropsPrefix()).forEach(rule -> add(rule, all));
    }

    private void add(NameRule rule, List<TableDefinition> all) {
        List<String> path = rule.path();
        TableDefinition table = find(all, path.get(0))
                .orElseThrow(() -> rule.line().rejected("names no table; there is no " + path.get(0) + "."));
        switch (path.size()) {
            case 1 -> put(tables, pathOf(table), rule);
            case 2 -> {
                Optional<ColumnDefinition> column = find(table.getColumns(), path.get(1));
                if (column.isPresent() && rule.names().size() == 1) {
                    put(columns, pathOf(column.get()), rule);
                } else {
                    put(keys, pathOf(keyOf(table, path.get(1), rule.line())), rule);
                }
            }
            default -> {
                ForeignKeyDefinition from = keyOf(table, path.get(1), rule.line());
                ForeignKeyDefinition to = keyOf(table, path.get(2), rule.line());
                put(keys, pathOf(from, to), rule);
            }
        }
    }

    private static ForeignKeyDefinition keyOf(TableDefinition table, String name, RuleLine line) {
        return find(table.getForeignKeys(), name)
                .orElseThrow(() -> line.rejected(
                        "names no column and no foreign key; there is no %s in %s.".formatted(name, table.getName())));
    }

    /** Servers differ in the case of names that they report, so another case is the same name unless both exist. */
    private static <T extends Definition> Optional<T> find(List<T> definitions, String name) {
        return definitions.stream()
                .filter(definition -> definition.getName().equals(name))
                .findFirst()
                .or(() -> definitions.stream()
                        .filter(definition -> definition.getName().equalsIgnoreCase(name))
                        .findFirst());
    }

    private static void put(Map<List<String>, NameRule> rules, List<String> path, NameRule rule) {
        NameRule other = rules.putIfAbsent(path, rule);
        if (other != null) {
            throw rule.line().contradicts(other.line(), NameRule.written(path));
        }
    }

    static List<String> pathOf(TableDefinition table) {
        return List.of(table.getName());
    }

    static List<String> pathOf(ColumnDefinition column) {
        return List.of(column.getContainer().getName(), column.getName());
    }

    static List<String> pathOf(ForeignKeyDefinition key) {
        return List.of(key.getTable().getName(), key.getName());
    }

    static List<String> pathOf(ForeignKeyDefinition from, ForeignKeyDefinition to) {
        return List.of(from.getTable().getName(), from.getName(), to.getName());
    }

    /** Returns the name of a table, without a prefix that is dropped. */
    String of(TableDefinition table) {
        NameRule rule = tables.get(pathOf(table));
        if (rule != null) {
            return rule.names().get(0);
        }
        return prefixes.stream()
                .filter(prefix -> hasPrefix(table, prefix))
                .map(prefix -> table.getName().substring(prefix.prefix().length()))
                .findFirst()
                .orElse(table.getName());
    }

    private static boolean hasPrefix(TableDefinition table, NameRule rule) {
        String prefix = rule.prefix();
        return table.getName().length() > prefix.length()
                && table.getName().regionMatches(true, 0, prefix, 0, prefix.length());
    }

    String of(ColumnDefinition column) {
        NameRule rule = columns.get(pathOf(column));
        return rule == null ? column.getName() : rule.names().get(0);
    }

    /** Returns the configured name of the relation that follows the foreign key. */
    Optional<String> toOne(ForeignKeyDefinition key) {
        return name(pathOf(key), 0);
    }

    /** Returns the configured name of the relation on the inverse side of the foreign key. */
    Optional<String> toMany(ForeignKeyDefinition key) {
        return name(pathOf(key), 1);
    }

    /** Returns the configured name of the relation through a link table. */
    Optional<String> manyToMany(ManyToManyKeyDefinition link) {
        return name(pathOf(link.getForeignKey1(), link.getForeignKey2()), 0);
    }

    private Optional<String> name(List<String> path, int index) {
        NameRule rule = keys.get(path);
        return rule == null
                ? Optional.empty()
                : rule.names().stream().skip(index).findFirst();
    }
}
