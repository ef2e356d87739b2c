package dev.rowan.codegen.database;

import static org.jooq.meta.mysql.information_schema.Tables.KEY_COLUMN_USAGE;
import static org.jooq.meta.mysql.information_schema.Tables.REFERENTIAL_CONSTRAINTS;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.QOM.ForeignKeyRule;
import org.jooq.meta.DefaultRelations;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the foreign keys of a schema that refer to a whole key of a table of the same schema. jOOQ's own reader takes a
 * key to another database for one to a table of the same name in this, and a key to a part of a key for one to all of
 * it, which joins too many rows.
 *
 * @param tables returns the table of a name; null if it is left out
 */
record ForeignKeyReader(DSLContext dsl, String schema, Function<String, @Nullable TableDefinition> tables) {

    /**
     * Adds the foreign keys; the primary and unique keys have been added before.
     *
     * @throws IllegalArgumentException if the user may not see all of a foreign key
     */
    void addTo(DefaultRelations relations) {
        var keys = dsl.select(
                        KEY_COLUMN_USAGE.CONSTRAINT_NAME,
                        KEY_COLUMN_USAGE.TABLE_NAME,
                        KEY_COLUMN_USAGE.COLUMN_NAME,
                        KEY_COLUMN_USAGE.REFERENCED_TABLE_NAME,
                        KEY_COLUMN_USAGE.REFERENCED_COLUMN_NAME,
                        REFERENTIAL_CONSTRAINTS.DELETE_RULE,
                        REFERENTIAL_CONSTRAINTS.UPDATE_RULE)
                .from(KEY_COLUMN_USAGE)
                .leftJoin(REFERENTIAL_CONSTRAINTS)
                .on(KEY_COLUMN_USAGE.CONSTRAINT_SCHEMA.eq(REFERENTIAL_CONSTRAINTS.CONSTRAINT_SCHEMA))
                .and(KEY_COLUMN_USAGE.CONSTRAINT_NAME.eq(REFERENTIAL_CONSTRAINTS.CONSTRAINT_NAME))
                .and(KEY_COLUMN_USAGE.TABLE_NAME.eq(REFERENTIAL_CONSTRAINTS.TABLE_NAME))
                .where(KEY_COLUMN_USAGE.CONSTRAINT_SCHEMA.eq(schema))
                .and(KEY_COLUMN_USAGE.REFERENCED_TABLE_SCHEMA.eq(KEY_COLUMN_USAGE.CONSTRAINT_SCHEMA))
                .orderBy(
                        KEY_COLUMN_USAGE.CONSTRAINT_NAME,
                        KEY_COLUMN_USAGE.TABLE_NAME,
                        KEY_COLUMN_USAGE.ORDINAL_POSITION)
                .fetchGroups(new Field<?>[] {KEY_COLUMN_USAGE.CONSTRAINT_NAME, KEY_COLUMN_USAGE.TABLE_NAME});
        keys.values().forEach(columns -> add(columns, relations));
    }

    private void add(Result<? extends Record> columns, DefaultRelations relations) {
        Record first = columns.get(0);
        TableDefinition table = tables.apply(first.get(KEY_COLUMN_USAGE.TABLE_NAME));
        TableDefinition referenced = tables.apply(first.get(KEY_COLUMN_USAGE.REFERENCED_TABLE_NAME));
        if (table == null || referenced == null) {
            return;
        }
        if (first.get(REFERENTIAL_CONSTRAINTS.DELETE_RULE) == null) {
            throw new IllegalArgumentException("This user may not see what the foreign key "
                    + first.get(KEY_COLUMN_USAGE.CONSTRAINT_NAME) + " of the table " + table.getName()
                    + " does when its row is deleted: MariaDB shows it to users with more than SELECT. Grant SHOW VIEW on "
                    + schema + ".*");
        }
        var names = Set.copyOf(columns.getValues(KEY_COLUMN_USAGE.REFERENCED_COLUMN_NAME));
        keyOf(relations.getKeys(referenced), names).ifPresent(key -> {
            for (Record column : columns) {
                relations.addForeignKey(
                        first.get(KEY_COLUMN_USAGE.CONSTRAINT_NAME),
                        table,
                        table.getColumn(column.get(KEY_COLUMN_USAGE.COLUMN_NAME), true),
                        key.getName(),
                        referenced,
                        referenced.getColumn(column.get(KEY_COLUMN_USAGE.REFERENCED_COLUMN_NAME), true),
                        true,
                        rule(column.get(REFERENTIAL_CONSTRAINTS.DELETE_RULE)),
                        rule(column.get(REFERENTIAL_CONSTRAINTS.UPDATE_RULE)));
            }
        });
    }

    /** Returns the key that consists of these columns: the primary key, or the first by name. */
    private static Optional<UniqueKeyDefinition> keyOf(List<UniqueKeyDefinition> keys, Set<String> columns) {
        return keys.stream()
                .filter(key -> lowerCase(key.getKeyColumns().stream().map(Definition::getName))
                        .equals(lowerCase(columns.stream())))
                .min(Comparator.comparing((UniqueKeyDefinition key) -> !key.isPrimaryKey())
                        .thenComparing(Definition::getName));
    }

    private static Set<String> lowerCase(Stream<String> names) {
        return names.map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Returns NO ACTION for RESTRICT: InnoDB does not distinguish them. */
    private static ForeignKeyRule rule(String sql) {
        return switch (sql) {
            case "CASCADE" -> ForeignKeyRule.CASCADE;
            case "SET NULL" -> ForeignKeyRule.SET_NULL;
            case "SET DEFAULT" -> ForeignKeyRule.SET_DEFAULT;
            default -> ForeignKeyRule.NO_ACTION;
        };
    }
}
