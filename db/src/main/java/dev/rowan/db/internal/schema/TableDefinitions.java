package dev.rowan.db.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a server shows the tables and views of a database at one moment. The tables of Liquibase are left out.
 *
 * @param tables the tables by their names
 * @param views the statements of the views by their names
 */
public record TableDefinitions(Map<String, TableText> tables, Map<String, String> views) {

    /** Reads the current database of a connection. */
    public static TableDefinitions read(Connection connection) throws SQLException {
        return new TableDefinitions(Map.of(), Map.of()).next(connection);
    }

    /** Reads the database again. A view that cannot be run, as its table is gone, counts as it was before. */
    public TableDefinitions next(Connection connection) throws SQLException {
        try (var session = ReadingSession.of(connection)) {
            session.begin();
            return shown(connection);
        }
    }

    private TableDefinitions shown(Connection connection) throws SQLException {
        var types = new TreeMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW FULL TABLES")) {
            while (rows.next()) {
                types.put(rows.getString(1), rows.getString(2));
            }
        }
        types.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).matches("DATABASECHANGELOG(LOCK)?"));
        types.values().removeIf("SEQUENCE"::equals);
        var nextTables = new TreeMap<String, TableText>();
        var nextViews = new TreeMap<String, String>();
        try (var statement = connection.createStatement()) {
            for (var entry : types.entrySet()) {
                var name = entry.getKey();
                if (entry.getValue().equals("VIEW")) {
                    var text = shown(statement, "VIEW", name);
                    nextViews.put(name, ViewText.isBroken(statement) ? views.getOrDefault(name, "") : text);
                } else {
                    nextTables.put(name, TableText.of(name, shown(statement, "TABLE", name)));
                }
            }
        }
        return new TableDefinitions(nextTables, nextViews);
    }

    private static String shown(Statement statement, String kind, String name) throws SQLException {
        try (var row = statement.executeQuery("SHOW CREATE " + kind + " " + SqlName.quoted(name))) {
            row.next();
            return row.getString(2);
        }
    }

    /** Returns the names of all tables and views. */
    public Set<String> names() {
        var names = new TreeSet<>(tables.keySet());
        names.addAll(views.keySet());
        return names;
    }

    /** Returns the tables and views that are new, or defined otherwise than before. */
    public Set<String> changedSince(TableDefinitions earlier) {
        var changed = names();
        changed.removeIf(name -> Objects.equals(tables.get(name), earlier.tables.get(name))
                && Objects.equals(views.get(name), earlier.views.get(name)));
        return changed;
    }

    /** Returns the earlier names of the tables that have another name, and are else as before. */
    public Map<String, String> renamedSince(TableDefinitions earlier) {
        var gone = new TreeMap<>(earlier.tables);
        gone.keySet().removeAll(tables.keySet());
        var renamed = new TreeMap<String, String>();
        tables.forEach((name, table) -> {
            if (!earlier.tables.containsKey(name)) {
                gone.values().stream().filter(table::isNamedAnew).findFirst().ifPresent(before -> {
                    renamed.put(name, before.name());
                    gone.remove(before.name());
                });
            }
        });
        return renamed;
    }
}
