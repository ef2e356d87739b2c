package dev.rowan.codegen.page;

import dev.rowan.db.Changeset;
import java.util.List;
import java.util.Optional;

/**
 * What a page says of a schema, in the order in which it is shown.
 *
 * @param title the title of the page
 * @param packageName the package of the generated code
 * @param selection what of the changelog was applied, in words; empty if nothing was selected
 * @param tables tables and views, by their names
 */
record SchemaContent(String title, String packageName, Optional<String> selection, List<Table> tables) {

    /**
     * A table or view.
     *
     * @param constant the constant of the generated class {@code Tables}
     * @param recordClass the generated class of its records
     * @param repository the generated repository
     * @param keyClass the generated class of a composite primary key
     * @param changesets those that have shaped it; empty if that is not known
     */
    record Table(
            String name,
            boolean isView,
            String comment,
            String constant,
            String recordClass,
            String repository,
            Optional<String> keyClass,
            List<Column> columns,
            List<Key> keys,
            List<ForeignKey> foreignKeys,
            List<Index> indexes,
            List<Relation> relations,
            List<Changeset> changesets) {

        /** Returns whether a column is part of the primary key. */
        boolean isPrimary(Column column) {
            return keys.stream()
                    .anyMatch(key -> key.isPrimary() && key.columns().contains(column.name()));
        }

        /** Returns whether a column is part of a unique key that is not the primary key. */
        boolean isUnique(Column column) {
            return keys.stream()
                    .anyMatch(key -> !key.isPrimary() && key.columns().contains(column.name()));
        }

        /** Returns whether a column is part of a foreign key. */
        boolean isForeign(Column column) {
            return foreignKeys.stream().anyMatch(key -> key.columns().contains(column.name()));
        }
    }

    /**
     * A column.
     *
     * @param type its SQL type
     * @param nullable whether it may be NULL; not known of views
     * @param value what it has by default: a default, a counter or an expression; empty if nothing
     * @param javaType the type in generated code
     * @param getter the method of the record
     * @param isVersion whether it counts the updates of a row
     */
    record Column(
            String name,
            String type,
            boolean nullable,
            String value,
            String javaType,
            String getter,
            boolean isVersion,
            String comment) {}

    /**
     * A primary or unique key.
     *
     * @param finder the method of the repository
     */
    record Key(String name, boolean isPrimary, List<String> columns, String finder) {}

    /**
     * A foreign key.
     *
     * @param isUnique whether at most one row refers to each row
     * @param isOptional whether it may be NULL
     * @param rules what happens when the row it refers to is deleted, or gets another key; empty if that is refused
     */
    record ForeignKey(
            String name,
            List<String> columns,
            String target,
            List<String> targetColumns,
            boolean isUnique,
            boolean isOptional,
            String rules) {}

    /** An index that is no key. */
    record Index(String name, boolean isUnique, List<String> columns) {}

    /**
     * A relation of the generated code.
     *
     * @param accessor the method of the record
     * @param result what the method returns
     * @param constant the constant of the repository
     * @param kind its kind, in words
     * @param target the table of the related rows
     * @param through the foreign key, or the link table
     */
    record Relation(String accessor, String result, String constant, String kind, String target, String through) {}
}
