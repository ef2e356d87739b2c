package dev.rowan.junit.internal.schema;

import static dev.rowan.junit.internal.schema.SchemaConnection.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The definitions of everything in a template schema. It creates copies of the schema and restores their rows.
 *
 * @param template the name of the template, which the rows are copied from
 * @param charset character set and collation, as ALTER DATABASE expects them
 * @param counters the AUTO_INCREMENT counters that are not 1, by table
 * @param routines functions and procedures
 * @param views the CREATE VIEW statements, in no particular order
 */
record SchemaDefinition(
        String template,
        String charset,
        List<TableDefinition> tables,
        Map<String, String> counters,
        List<StoredProgram> routines,
        List<String> views,
        List<StoredProgram> triggers,
        List<StoredProgram> events) {

    static SchemaDefinition read(SchemaConnection connection, String schema) {
        var charset = connection.row("SELECT default_character_set_name, default_collation_name"
                + " FROM information_schema.schemata WHERE schema_name = DATABASE()");
        var routines = new ArrayList<>(StoredProgram.functions(connection));
        routines.addAll(StoredProgram.procedures(connection));
        return new SchemaDefinition(
                schema,
                "CHARACTER SET " + charset.get(0) + " COLLATE " + charset.get(1),
                connection.rows("SHOW FULL TABLES WHERE table_type = 'BASE TABLE'").stream()
                        .map(row -> TableDefinition.read(connection, row.get(0)))
                        .toList(),
                readCounters(connection),
                routines,
                connection.rows("SHOW FULL TABLES WHERE table_type = 'VIEW'").stream()
                        .map(row -> connection
                                .row("SHOW CREATE VIEW " + quoted(row.get(0)))
                                .get(1))
                        .toList(),
                StoredProgram.triggers(connection),
                StoredProgram.events(connection));
    }

    /** Creates everything in an empty schema. */
    void create(SchemaConnection connection) {
        connection.run("ALTER DATABASE " + charset);
        tables.forEach(table -> connection.run(table.definition()));
        routines.forEach(routine -> routine.create(connection));
        tables.forEach(table -> table.copyRows(connection, template));
        createViews(connection);
        triggers.forEach(trigger -> trigger.create(connection));
        events.forEach(event -> event.create(connection));
    }

    /** Restores the rows and AUTO_INCREMENT counters of a copy, without firing triggers. */
    void restoreRows(SchemaConnection connection) {
        triggers.forEach(trigger -> trigger.drop(connection));
        var current = readCounters(connection);
        var advanced = tables.stream()
                .filter(TableDefinition::isWrittenByTests)
                .filter(table -> !Objects.equals(current.get(table.name()), counters.get(table.name())))
                .toList();
        // TRUNCATE is much slower than a DELETE of a few rows, but only TRUNCATE sets a counter back to 1
        advanced.forEach(table -> connection.runExclusively("TRUNCATE TABLE " + quoted(table.name())));
        connection.run("START TRANSACTION");
        tables.stream().filter(TableDefinition::isWrittenByTests).forEach(table -> {
            connection.run("DELETE FROM " + quoted(table.name()));
            table.copyRows(connection, template);
        });
        connection.run("COMMIT");
        advanced.stream().filter(table -> counters.containsKey(table.name())).forEach(table -> {
            connection.run("ALTER TABLE " + quoted(table.name()) + " AUTO_INCREMENT = " + counters.get(table.name()));
        });
        triggers.forEach(trigger -> trigger.create(connection));
    }

    /** Creates the views in rounds: one that fails may read a view that a later statement of the round creates. */
    private void createViews(SchemaConnection connection) {
        for (var remaining = views; !remaining.isEmpty(); ) {
            var failed = new ArrayList<String>();
            for (var view : remaining) {
                try {
                    connection.run(view);
                } catch (IllegalStateException e) {
                    failed.add(view);
                    if (failed.size() == remaining.size()) {
                        throw e;
                    }
                }
            }
            remaining = failed;
        }
    }

    private static Map<String, String> readCounters(SchemaConnection connection) {
        return connection
                .rows("SELECT table_name, auto_increment FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND auto_increment > 1")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }
}
