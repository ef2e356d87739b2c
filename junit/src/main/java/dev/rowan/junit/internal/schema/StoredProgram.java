package dev.rowan.junit;

import static dev.rowan.junit.Sql.quoted;

import java.util.List;

/** A trigger, function, procedure or event, with the SQL mode that it runs in. */
record StoredProgram(String kind, String name, String mode, String text) {

    static List<StoredProgram> functions(Sql sql) {
        return all(
                sql,
                "FUNCTION",
                "routine_name FROM information_schema.routines WHERE routine_type = 'FUNCTION'"
                        + " AND routine_schema = DATABASE()");
    }

    static List<StoredProgram> procedures(Sql sql) {
        return all(
                sql,
                "PROCEDURE",
                "routine_name FROM information_schema.routines WHERE routine_type = 'PROCEDURE'"
                        + " AND routine_schema = DATABASE()");
    }

    /** Returns the triggers, those of one table and moment in the order in which they fire. */
    static List<StoredProgram> triggers(Sql sql) {
        return all(
                sql,
                "TRIGGER",
                "trigger_name FROM information_schema.triggers"
                        + " WHERE trigger_schema = DATABASE() ORDER BY action_order");
    }

    static List<StoredProgram> events(Sql sql) {
        return all(sql, "EVENT", "event_name FROM information_schema.events WHERE event_schema = DATABASE()");
    }

    void create(Sql sql) {
        sql.run("SET SESSION sql_mode = '" + mode + "'");
        sql.run(text);
        sql.run("SET SESSION sql_mode = '" + Sql.MODE + "'");
    }

    void drop(Sql sql) {
        sql.run("DROP " + kind + " IF EXISTS " + quoted(name)); // it is not there where bringing it back has failed
    }

    private static List<StoredProgram> all(Sql sql, String kind, String names) {
        return sql.column("SELECT " + names).stream()
                .map(name -> {
                    var row = sql.row("SHOW CREATE " + kind + " " + quoted(name));
                    // events have their time zone before the text
                    return new StoredProgram(kind, name, row.get(1), row.get(kind.equals("EVENT") ? 3 : 2));
                })
                .toList();
    }
}
