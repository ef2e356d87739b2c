package dev.rowan.junit;

import static dev.rowan.junit.Sql.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a schema is made of, as the server tells it: so a copy is made, and brought back to the rows it began with.
 *
 * @param template the schema, which the rows of copies come from
 * @param charset its character set and collation, as ALTER DATABASE takes them
 * @param counters where a table's counted keys go on, if that is not at 1
 * @param routines functions and procedures
 * @param views the texts of the views, in no order
 */
record Blueprint(
        String template,
        String charset,
        List<Table> tables,
        Map<String, String> counters,
        List<StoredProgram> routines,
        List<String> views,
        List<StoredProgram> triggers,
        List<StoredProgram> events) {

    private static final Set<String> MIGRATORS = Set.of("databasechangelog", "databasechangeloglock");

    /** A table; its columns are those that can be written. */
    record Table(String name, String text, String columns, boolean hasRows) {

        static Table read(Sql sql, String name) {
            var columns = sql.rows("SHOW COLUMNS FROM " + quoted(name)).stream()
                    .filter(column -> !column.get(5).matches(".*(VIRTUAL|STORED) GENERATED.*"))
                    .map(column -> quoted(column.get(0)))
                    .collect(Collectors.joining(", "));
            return new Table(
                    name,
                    sql.row("SHOW CREATE TABLE " + quoted(name)).get(1),
                    columns,
                    !sql.rows("SELECT 1 FROM " + quoted(name) + " LIMIT 1").isEmpty());
        }

        /** Says whether tests write to the table: not if it is where the migrator keeps its own. */
        boolean isForTests() {
            return !MIGRATORS.contains(name.toLowerCase(Locale.ROOT));
        }

        void fill(Sql sql, String template) {
            if (hasRows) {
                sql.run("INSERT INTO " + quoted(name) + " (" + columns + ") SELECT " + columns + " FROM "
                        + quoted(template) + "." + quoted(name));
            }
        }
    }

    static Blueprint read(Sql sql, String schema) {
        var charset = sql.row("SELECT default_character_set_name, default_collation_name"
                + " FROM information_schema.schemata WHERE schema_name = DATABASE()");
        var routines = new ArrayList<>(StoredProgram.functions(sql));
        routines.addAll(StoredProgram.procedures(sql));
        return new Blueprint(
                schema,
                "CHARACTER SET " + charset.get(0) + " COLLATE " + charset.get(1),
                sql.rows("SHOW FULL TABLES WHERE table_type = 'BASE TABLE'").stream()
                        .map(row -> Table.read(sql, row.get(0)))
                        .toList(),
                readCounters(sql),
                routines,
                sql.rows("SHOW FULL TABLES WHERE table_type = 'VIEW'").stream()
                        .map(row -> sql.row("SHOW CREATE VIEW " + quoted(row.get(0)))
                                .get(1))
                        .toList(),
                StoredProgram.triggers(sql),
                StoredProgram.events(sql));
    }

    /** Makes in an empty schema all that there is in the template. */
    void build(Sql sql) {
        sql.run("ALTER DATABASE " + charset);
        tables.forEach(table -> sql.run(table.text()));
        routines.forEach(routine -> routine.create(sql));
        tables.forEach(table -> table.fill(sql, template));
        buildViews(sql);
        triggers.forEach(trigger -> trigger.create(sql));
        events.forEach(event -> event.create(sql));
    }

    /** Gives each table of a copy the template's rows, and its counter back; no trigger sees it. */
    void restore(Sql sql) {
        triggers.forEach(trigger -> trigger.drop(sql));
        var now = readCounters(sql);
        var counted = tables.stream()
                .filter(Table::isForTests)
                .filter(table -> !Objects.equals(now.get(table.name()), counters.get(table.name())))
                .toList();
        // what truncates is far slower than a DELETE of few rows, and nothing else sets a counter back to 1
        counted.forEach(table -> sql.runAlone("TRUNCATE TABLE " + quoted(table.name())));
        sql.run("START TRANSACTION");
        tables.stream().filter(Table::isForTests).forEach(table -> {
            sql.run("DELETE FROM " + quoted(table.name()));
            table.fill(sql, template);
        });
        sql.run("COMMIT");
        counted.stream().filter(table -> counters.containsKey(table.name())).forEach(table -> {
            sql.run("ALTER TABLE " + quoted(table.name()) + " AUTO_INCREMENT = " + counters.get(table.name()));
        });
        triggers.forEach(trigger -> trigger.create(sql));
    }

    /** Makes the views in an order in which those come first that others read. */
    private void buildViews(Sql sql) {
        for (var left = views; !left.isEmpty(); ) {
            var failed = new ArrayList<String>();
            for (var view : left) {
                try {
                    sql.run(view);
                } catch (IllegalStateException e) {
                    failed.add(view);
                    if (failed.size() == left.size()) {
                        throw e;
                    }
                }
            }
            left = failed;
        }
    }

    private static Map<String, String> readCounters(Sql sql) {
        return sql
                .rows("SELECT table_name, auto_increment FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND auto_increment > 1")
                .stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    }
}
