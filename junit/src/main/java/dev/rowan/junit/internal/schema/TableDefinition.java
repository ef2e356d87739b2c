package dev.rowan.junit.internal.schema;

import static dev.rowan.junit.internal.schema.SchemaConnection.quoted;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of a template schema.
 *
 * @param definition its CREATE TABLE statement
 * @param columns the columns that can be written, separated by commas
 */
record TableDefinition(String name, String definition, String columns, boolean hasRows) {

    private static final Set<String> LIQUIBASE_TABLES = Set.of("databasechangelog", "databasechangeloglock");

    static TableDefinition read(SchemaConnection connection, String name) {
        var columns = connection.rows("SHOW COLUMNS FROM " + quoted(name)).stream()
                .filter(column -> !column.get(5).matches(".*(VIRTUAL|STORED) GENERATED.*"))
                .map(column -> quoted(column.get(0)))
                .collect(Collectors.joining(", "));
        return new TableDefinition(
                name,
                connection.row("SHOW CREATE TABLE " + quoted(name)).get(1),
                columns,
                !connection.rows("SELECT 1 FROM " + quoted(name) + " LIMIT 1").isEmpty());
    }

    /** Returns whether tests may write to the table: false for the tables of Liquibase. */
    boolean isWrittenByTests() {
        return !LIQUIBASE_TABLES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Copies the rows of the template to this table of another schema. */
    void copyRows(SchemaConnection connection, String template) {
        if (hasRows) {
            connection.run("INSERT INTO " + quoted(name) + " (" + columns + ") SELECT " + columns + " FROM "
                    + quoted(template) + "." + quoted(name));
        }
    }
}
