package dev.rowan.codegen.model;

import dev.rowan.codegen.config.Rules;
import dev.rowan.codegen.config.VersionRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the version columns, which optimistic locking increments with every update of a row: the configured column,
 * or otherwise a column {@code version} that can be one.
 *
 * @param rules what the project has configured
 */
public record VersionColumns(Rules rules) {

    private static final Logger LOG = LoggerFactory.getLogger(VersionColumns.class);

    private static final String DEFAULT_NAME = "version";
    private static final Pattern INTEGER = Pattern.compile("(?i)(?!tinyint\\(1\\)$)(tiny|small|medium|big)?int.*");
    private static final String NO_DEFAULT =
            "is NOT NULL and has no constant default, as inserts need it. Declare it NOT NULL DEFAULT 0.";

    /**
     * Returns the version columns of these tables; a table has one at most.
     *
     * @throws IllegalArgumentException if a line matches no table, or names a column that cannot be a version column
     */
    public List<ColumnDefinition> of(List<TableDefinition> tables) {
        List<TableDefinition> keyed =
                tables.stream().filter(table -> table.getPrimaryKey() != null).toList();
        for (VersionRule rule : rules.version()) {
            requireMatch(rule, keyed);
        }
        return keyed.stream().flatMap(table -> versionOf(table).stream()).toList();
    }

    private static void requireMatch(VersionRule rule, List<TableDefinition> tables) {
        List<TableDefinition> matched =
                tables.stream().filter(table -> rule.matches(table.getName())).toList();
        if (matched.isEmpty()) {
            throw rule.line().rejected("matches no table with a primary key. Write the name as in the database.");
        }
        String name = rule.column();
        if (name != null && matched.stream().allMatch(table -> find(table, name) == null)) {
            throw rule.line()
                    .rejected("names no column of %s. Write its name as in the database, or none."
                            .formatted(String.join(
                                    ", ",
                                    matched.stream().map(Definition::getName).toList())));
        }
    }

    private Optional<ColumnDefinition> versionOf(TableDefinition table) {
        Optional<VersionRule> rule = rules.version().stream()
                .filter(line -> line.matches(table.getName()))
                .reduce((one, other) -> {
                    throw other.line().contradicts(one.line(), table.getName());
                });
        if (rule.isPresent()) {
            String name = rule.get().column();
            if (name == null) {
                return Optional.empty();
            }
            ColumnDefinition column = find(table, name);
            if (column != null) {
                return Optional.of(checked(rule.get(), column));
            }
            // the line matches several tables, and this one has no such column
        }
        return Optional.ofNullable(find(table, DEFAULT_NAME)).filter(this::isVersion);
    }

    private ColumnDefinition checked(VersionRule rule, ColumnDefinition column) {
        String fault = fault(column);
        if (fault != null) {
            throw rule.line()
                    .rejected("names a column that cannot be a version: %s %s"
                            .formatted(ColumnTraits.displayName(column), fault));
        }
        return column;
    }

    private boolean isVersion(ColumnDefinition column) {
        String fault = fault(column);
        if (NO_DEFAULT.equals(fault)) {
            String name = ColumnTraits.displayName(column);
            LOG.warn(
                    "{} is no version column, so that updates overwrite each other's changes: it {} Or say that it is"
                            + " none: <version><line>{} = none</line></version>",
                    name,
                    fault,
                    column.getContainer().getName());
        }
        return fault == null;
    }

    /** Returns why a column cannot be a version column, and what to do; null if it can. */
    private @Nullable String fault(ColumnDefinition column) {
        DataTypeDefinition type = column.getDefinedType();
        if (!INTEGER.matcher(type.getType()).matches()) {
            return "is no integer. Declare it INT NOT NULL DEFAULT 0, or choose another column.";
        }
        if (type.isComputed()) {
            return "is a generated column. Choose another one.";
        }
        if (isInKey(column)) {
            return "is part of a key, which an update must not change. Choose another column.";
        }
        String table = column.getContainer().getName();
        if (rules.types().stream().anyMatch(rule -> rule.matches(table, column.getName()))) {
            return "has a Java type of its own in <types>. Take it out of there.";
        }
        String value = type.getDefaultValue();
        boolean isConstant = value != null && !value.equals(ColumnDefault.EXPRESSION);
        return isConstant || (value == null && type.isNullable()) ? null : NO_DEFAULT;
    }

    private static boolean isInKey(ColumnDefinition column) {
        TableDefinition table = column.getContainer();
        return Stream.of(
                        Stream.ofNullable(table.getPrimaryKey()).map(key -> key.getKeyColumns()),
                        table.getUniqueKeys().stream().map(key -> key.getKeyColumns()),
                        table.getForeignKeys().stream().map(key -> key.getKeyColumns()))
                .flatMap(keys -> keys)
                .anyMatch(columns -> columns.contains(column));
    }

    private static @Nullable ColumnDefinition find(TableDefinition table, String name) {
        return table.getColumns().stream()
                .filter(column -> column.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
