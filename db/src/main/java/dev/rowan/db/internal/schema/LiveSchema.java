package dev.rowan.db.internal.schema;

import dev.rowan.db.internal.jdbc.SessionSetting;
import dev.rowan.db.internal.schema.TableText.ForeignKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema of a connection's database: tables in the order of their foreign keys, then routines, views in the
 * order in which they read each other, triggers and events.
 */
public final class LiveSchema {

    /** Any of which privileges shows all objects of a kind. */
    private static final Map<String, List<String>> SEEN_BY = new TreeMap<>(Map.of(
            "trigger",
            List.of("TRIGGER"),
            "event",
            List.of("EVENT"),
            "routine",
            List.of("EXECUTE", "SHOW_ROUTINE", "SHOW CREATE ROUTINE", "CREATE ROUTINE", "ALTER ROUTINE")));

    private static final int LOCK_WAIT_TIMEOUT = 1205;

    /** The collation with which the driver begins a session, be it on MySQL or on MariaDB. */
    private static final String COLLATION = "utf8mb4_0900_ai_ci";

    /** The time zone of a migration's session. */
    private static final String TIME_ZONE = "+00:00";

    /** The mode of a migration's session in which a query may not select what it does not group by. */
    private static final String FULL_GROUP_BY = "ONLY_FULL_GROUP_BY";

    private final ReadingSession session;
    private final Connection connection;
    private final String database;
    private final String sqlMode;
    private final Map<String, TableText> tables = new TreeMap<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final List<String> omissions = new ArrayList<>();

    /** Whether Liquibase's history has changesets. */
    private boolean isMigrated;

    /** The tables and views that are left out. */
    private final Set<String> omitted = new HashSet<>();

    private LiveSchema(ReadingSession session, String database, String sqlMode) {
        this.session = session;
        this.connection = session.connection();
        this.database = database;
        this.sqlMode = sqlMode;
    }

    /**
     * Reads a schema. The tables of Liquibase are no part of it.
     *
     * @throws SchemaFailure if the connection has no database, or something of it cannot be read
     */
    public static LiveSchema read(Connection connection) throws SQLException, SchemaFailure {
        var database = connection.getCatalog();
        if (database == null || database.isEmpty()) {
            throw new SchemaFailure("The URL names no database. Add it: jdbc:mysql://host:3306/shop");
        }
        try (var session = ReadingSession.of(connection)) {
            // what a migration's session has, in the words of the server
            execute(connection, "SET SESSION " + SessionSetting.SQL_MODE.assignment());
            var schema = new LiveSchema(
                    session, database, ReadingSession.of(connection).sqlMode());
            session.begin();
            schema.read();
            return schema;
        }
    }

    /**
     * Requires a schema that no changelog has made.
     *
     * @throws SchemaFailure if it is empty, or a changelog was applied to it
     */
    public void requireWithoutChangelog() throws SchemaFailure {
        if (isMigrated) {
            throw new SchemaFailure("The database " + database + " has a changelog already: its table DATABASECHANGELOG"
                    + " lists changesets that were applied. Use that changelog. If nobody has it any more, drop the"
                    + " table first.");
        }
        if (definitions.isEmpty()) {
            throw new SchemaFailure("The database " + database + " has no tables, or none that this user may see.");
        }
    }

    /** Returns its tables, by their names. */
    Map<String, TableText> tables() {
        return tables;
    }

    /** Returns what makes the tables and their foreign keys, in order. */
    List<Definition> tableDefinitions() {
        return definitions.stream()
                .filter(definition -> TableText.KINDS.contains(definition.kind()))
                .toList();
    }

    /** Returns what makes the objects that are no tables, in order. */
    List<Definition> otherObjects() {
        return definitions.stream()
                .filter(definition -> !TableText.KINDS.contains(definition.kind()))
                .toList();
    }

    /** Returns how many tables, views and other objects it has. */
    public int size() {
        return definitions.size();
    }

    /** Returns what is left out of the changelog, and why, a sentence for each. */
    public List<String> omissions() {
        return List.copyOf(omissions);
    }

    /** Returns the changelog that makes this schema. */
    public String changelog() throws SchemaFailure {
        var text = new ChangelogText("adopted");
        omissions.forEach(omission -> text.comment("Left out is " + omission));
        for (var definition : definitions) {
            text.add(definition);
        }
        return text.toString();
    }

    private void read() throws SQLException, SchemaFailure {
        var types = new TreeMap<String, String>();
        for (var row : rows("SHOW FULL TABLES")) {
            if (!row.get(0).toUpperCase(Locale.ROOT).matches("DATABASECHANGELOG(LOCK)?")) {
                types.put(row.get(0), row.get(1));
            } else if (row.get(0).equalsIgnoreCase("DATABASECHANGELOG")) {
                isMigrated = !rows("SELECT 1 FROM " + SqlName.quoted(row.get(0)) + " LIMIT 1")
                        .isEmpty();
            }
        }
        for (var name : named(types, "SEQUENCE")) {
            definitions.add(new Definition("sequence", name, shown("SEQUENCE", name, 1)));
        }
        readTables(named(types, "BASE TABLE", "SYSTEM VERSIONED"));
        readRoutines();
        readViews(named(types, "VIEW"));
        readTriggers();
        readEvents();
        readPrivileges();
    }

    private static List<String> named(Map<String, String> types, String... wanted) {
        return types.entrySet().stream()
                .filter(entry -> Arrays.asList(wanted).contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void readTables(List<String> names) throws SQLException, SchemaFailure {
        for (var name : names) {
            // MariaDB names the database of a sequence
            var shown = shown("TABLE", name, 1).replace("nextval(" + SqlName.quoted(database) + ".", "nextval(");
            var table = TableText.of(name, shown);
            if (table.isRemote()) {
                omitted.add(name);
                omissions.add("the table " + name + ", because its rows are on another server, and the connection to"
                        + " that may have a password.");
            } else {
                tables.put(name, table);
            }
        }
        var made = new HashSet<String>();
        var later = new LinkedHashMap<TableText, List<ForeignKey>>();
        for (var table : DependencyOrder.of(tables, LiveSchema::targets)) {
            var name = table.name();
            made.add(name.toLowerCase(Locale.ROOT));
            definitions.add(table.create(key -> isKept(key, tables) && made.contains(lower(key))));
            for (var key : table.keys()) {
                if (!isKept(key, tables)) {
                    omissions.add("a foreign key of " + name + " to " + target(key) + ", because that is "
                            + (key.database() == null ? "missing." : "in another database."));
                } else if (!made.contains(lower(key))) {
                    later.computeIfAbsent(table, added -> new ArrayList<>()).add(key);
                }
            }
        }
        later.forEach((table, keys) -> definitions.add(table.add(keys)));
    }

    private static List<String> targets(TableText table) {
        return table.keys().stream()
                .filter(key -> key.database() == null)
                .map(ForeignKey::table)
                .toList();
    }

    private static boolean isKept(ForeignKey key, Map<String, TableText> tables) {
        return key.database() == null && tables.keySet().stream().anyMatch(key.table()::equalsIgnoreCase);
    }

    private static String lower(ForeignKey key) {
        return key.table().toLowerCase(Locale.ROOT);
    }

    private static String target(ForeignKey key) {
        return key.database() == null ? key.table() : key.database() + "." + key.table();
    }

    private void readRoutines() throws SQLException, SchemaFailure {
        var routines = rows(
                "SELECT ROUTINE_TYPE, ROUTINE_NAME, SQL_MODE, COLLATION_CONNECTION FROM information_schema.ROUTINES"
                        + " WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY ROUTINE_TYPE, ROUTINE_NAME");
        for (var routine : routines) {
            var sql = Definer.removed(shown(routine.get(0), routine.get(1), 2));
            var kind = routine.get(0).toLowerCase(Locale.ROOT).replace(' ', '-');
            definitions.add(new Definition(kind, routine.get(1), sql, settings(routine.get(2), routine.get(3))));
        }
    }

    private void readViews(List<String> names) throws SQLException, SchemaFailure {
        var views = new TreeMap<String, ViewText>();
        var ungrouped = ungrouped(names);
        for (var name : names) {
            var shown = shownView(name);
            var view = shown == null
                    ? null
                    : ViewText.of(name, database, shown.get(0), settings(shown.get(1), ungrouped.contains(name)));
            if (view == null) {
                omitted.add(name);
                omissions.add("the view " + name + ", because what it reads no longer exists.");
            } else if (view.isForeign()) {
                omitted.add(name);
                omissions.add("the view " + name + ", because it reads another database.");
            } else {
                views.put(name, view);
            }
        }
        for (var view : DependencyOrder.of(views, ViewText::sources)) {
            var missing = view.sources().stream().filter(omitted::contains).findFirst();
            if (missing.isPresent()) {
                omitted.add(view.name());
                omissions.add(
                        "the view " + view.name() + ", because it reads " + missing.get() + ", which is left out.");
            } else {
                definitions.add(view.create());
            }
        }
    }

    private void readTriggers() throws SQLException, SchemaFailure {
        var triggers = rows("SELECT TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, EVENT_OBJECT_TABLE, SQL_MODE,"
                + " COLLATION_CONNECTION FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
                + " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER");
        for (var trigger : triggers) {
            var name = trigger.get(0);
            if (omitted.contains(trigger.get(3))) {
                omissions.add("the trigger " + name + ", because its table " + trigger.get(3) + " is left out.");
                continue;
            }
            var sql = "CREATE TRIGGER %s %s %s ON %s FOR EACH ROW\n%s"
                    .formatted(
                            SqlName.quoted(name),
                            trigger.get(1),
                            trigger.get(2),
                            SqlName.quoted(trigger.get(3)),
                            TriggerText.body(shown("TRIGGER", name, 2)));
            definitions.add(new Definition("trigger", name, sql, settings(trigger.get(4), trigger.get(5))));
        }
    }

    private void readEvents() throws SQLException, SchemaFailure {
        var events = rows("SELECT EVENT_NAME, SQL_MODE, COLLATION_CONNECTION, TIME_ZONE FROM information_schema.EVENTS"
                + " WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME");
        for (var event : events) {
            var sql = Definer.removed(shown("EVENT", event.get(0), 3));
            var settings = settings(event.get(1), event.get(2));
            if (!event.get(3).equals(TIME_ZONE)) {
                settings.put("time_zone", "'" + event.get(3) + "'");
            }
            definitions.add(new Definition("event", event.get(0), sql, settings));
        }
    }

    /** Names what this user may not see: the server shows nothing of it. */
    private void readPrivileges() throws SQLException {
        var ownGrants = " WHERE GRANTEE = CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@',"
                + " QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)))";
        var privileges = rows("SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES" + ownGrants
                        + " UNION SELECT PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES" + ownGrants
                        + " AND DATABASE() LIKE TABLE_SCHEMA")
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        SEEN_BY.forEach((kind, seeing) -> {
            if (Collections.disjoint(privileges, seeing)) {
                omissions.add("each " + kind + " that this user may not see: it was not granted " + seeing.get(0)
                        + " on the database itself.");
            }
        });
    }

    /** Returns the settings with which an object was made, where a migration's session has others. */
    private Map<String, String> settings(String made, String collation) {
        var settings = collation(collation);
        if (!modes(made).equals(modes(sqlMode))) {
            settings.put("sql_mode", "'" + made + "'");
        }
        return settings;
    }

    /**
     * Returns the collation of the literals in an object, where a migration's session has another. The session's
     * character set is none of it: a migration sends the text in its own.
     */
    private static Map<String, String> collation(String collation) {
        var settings = new HashMap<String, String>();
        if (!collation.equals(COLLATION)) {
            settings.put("collation_connection", "'" + collation + "'");
        }
        return settings;
    }

    private static Map<String, String> settings(String collation, boolean isUngrouped) {
        var settings = collation(collation);
        if (isUngrouped) {
            settings.put("sql_mode", "REPLACE(@@sql_mode, '" + FULL_GROUP_BY + "', '')");
        }
        return settings;
    }

    /**
     * Returns those views that select what they do not group by: MariaDB does not make them in a migration's session,
     * and MySQL does not run them there.
     */
    private Set<String> ungrouped(List<String> views) throws SQLException {
        var ungrouped = new HashSet<String>();
        execute(connection, "SET SESSION sql_mode = '" + FULL_GROUP_BY + "'");
        for (var view : views) {
            try {
                rows("SELECT 1 FROM " + SqlName.quoted(view) + " LIMIT 0");
            } catch (SQLException e) {
                if (e.getErrorCode() == LOCK_WAIT_TIMEOUT) {
                    throw e;
                }
                ungrouped.add(view); // or it cannot be read at all, and is left out
            }
        }
        session.begin();
        return ungrouped;
    }

    private static Set<String> modes(String sqlMode) {
        return Arrays.stream(sqlMode.split(",")).filter(mode -> !mode.isEmpty()).collect(Collectors.toSet());
    }

    /** Returns the statement that makes an object, which stands in this column, from 0. */
    private String shown(String type, String name, int column) throws SQLException, SchemaFailure {
        var sql =
                rows("SHOW CREATE " + type + " " + SqlName.quoted(name)).get(0).get(column);
        if (sql == null) {
            throw new SchemaFailure("This user may not read the " + type.toLowerCase(Locale.ROOT) + " " + name
                    + ". Grant SHOW_ROUTINE (MySQL) or SHOW CREATE ROUTINE (MariaDB), or use the user that owns it.");
        }
        return withoutLoss(type, name, sql);
    }

    /** Returns the statement if it is what the server has, and not what the driver put in place of some bytes. */
    private static String withoutLoss(String type, String name, String sql) throws SchemaFailure {
        if (sql.contains("\uFFFD")) {
            throw new SchemaFailure("The " + type.toLowerCase(Locale.ROOT) + " " + name + " contains bytes that are no"
                    + " characters, such as those of a binary default, and would come back as others. Remove that"
                    + " literal first, and make it again by a changeset that writes it as X'...'.");
        }
        return sql;
    }

    /** Returns the statement that makes a view, and its collation; null if the view cannot be read any more. */
    private @Nullable List<String> shownView(String name) throws SQLException, SchemaFailure {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW CREATE VIEW " + SqlName.quoted(name))) {
            row.next();
            var shown = List.of(withoutLoss("VIEW", name, row.getString(2)), row.getString(4));
            return ViewText.isBroken(statement) ? null : shown;
        }
    }

    private List<List<String>> rows(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static List<String> row(ResultSet result) throws SQLException {
        var row = new ArrayList<String>();
        for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(result.getString(column));
        }
        return row;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
