package dev.rowan.junit.internal.schema;

import static dev.rowan.junit.internal.schema.SchemaConnection.quoted;

import java.util.List;

/** A trigger, function, procedure or event, with its CREATE statement and the SQL mode that it runs in. */
record StoredProgram(String kind, String name, String sqlMode, String definition) {

    static List<StoredProgram> functions(SchemaConnection connection) {
        return all(
                connection,
                "FUNCTION",
                "routine_name FROM information_schema.routines WHERE routine_type = 'FUNCTION'"
                        + " AND routine_schema = DATABASE()");
    }

    static List<StoredProgram> procedures(SchemaConnection connection) {
        return all(
                connection,
                "PROCEDURE",
                "routine_name FROM information_schema.routines WHERE routine_type = 'PROCEDURE'"
                        + " AND routine_schema = DATABASE()");
    }

    /** Returns the triggers; those of one table and event are in the order in which they fire. */
    static List<StoredProgram> triggers(SchemaConnection connection) {
        return all(
                connection,
                "TRIGGER",
                "trigger_name FROM information_schema.triggers"
                        + " WHERE trigger_schema = DATABASE() ORDER BY action_order");
    }

    static List<StoredProgram> events(SchemaConnection connection) {
        return all(connection, "EVENT", "event_name FROM information_schema.events WHERE event_schema = DATABASE()");
    }

    void create(SchemaConnection connection) {
        connection.run("SET SESSION sql_mode = '" + sqlMode + "'");
        connection.run(definition);
        connection.run("SET SESSION sql_mode = '" + SchemaConnection.SQL_MODE + "'");
    }

    void drop(SchemaConnection connection) {
        connection.run(
                "DROP " + kind + " IF EXISTS " + quoted(name)); // absent if an earlier restore failed to create it
    }

    private static List<StoredProgram> all(SchemaConnection connection, String kind, String names) {
        return connection.column("SELECT " + names).stream()
                .map(name -> {
                    var row = connection.row("SHOW CREATE " + kind + " " + quoted(name));
                    // of an event, the time zone comes before the definition
                    return new StoredProgram(kind, name, row.get(1), row.get(kind.equals("EVENT") ? 3 : 2));
                })
                .toList();
    }
}
