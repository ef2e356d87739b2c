package dev.rowan.session;

import static dev.rowan.types.Tables.BADGES;
import static dev.rowan.types.Tables.GOALS;
import static dev.rowan.types.Tables.LOCKERS;
import static dev.rowan.types.Tables.PLAYERS;
import static dev.rowan.types.Tables.ROUNDS;
import static dev.rowan.types.Tables.SKILLS;
import static dev.rowan.types.Tables.TEAMS;
import static dev.rowan.types.Tables.TRAININGS;

import dev.rowan.Database;
import dev.rowan.Repository;
import dev.rowan.Session;
import dev.rowan.record.KeyedRecord;
import dev.rowan.session.SessionModel.Link;
import dev.rowan.session.SessionModel.Row;
import dev.rowan.types.repositories.BadgesRepository;
import dev.rowan.types.repositories.GoalsRepository;
import dev.rowan.types.repositories.LockersRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RoundsRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.repositories.TrainingsRepository;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the tables that programs change, read by plain JDBC while the transaction is open, and the calls of
 * repositories and sessions for records of any of the tables.
 */
@NullUnmarked // jOOQ and JDBC
@SuppressWarnings({"unchecked", "rawtypes", "IdentityHashMapUsage"}) // tables by chance; columns are constants
final class SessionTables implements AutoCloseable {

    /** The rows of the database: their columns and versions by their keys. */
    record Dump(Map<String, String> rows, Map<String, String> versions) {}

    private static final String NULL = "~";

    private static final String GOAL_ROWS = "insert into goals values (1, 'a', 1, 10), (2, 'b', 1, null)";

    private static final List<String> ROWS = List.of(
            "insert into teams (code, name, motto) values ('a', 'one', null), ('b', 'two', 'win'), ('c', 'three', null)",
            "insert into players (id, name, nick, team_code, shirt, mentor_id) values"
                    + " (1, 'Ann', 'x', 'a', 1, null), (2, 'Bob', 'y', 'a', 2, 1), (3, 'Cid', null, 'b', 1, 1),"
                    + " (4, 'Dan', null, null, null, null)",
            "update teams set captain_id = 1 where code = 'a'",
            "insert into rounds values ('a', 1, 'here'), ('a', 2, null), ('b', 1, 'there')",
            "insert into lockers values (1, 1, 'left'), (2, 2, null)",
            "insert into badges values (1, 'a'), (2, null), (3, 'c')",
            "insert into skills (code, title, place, note) values (1, 'run', 1, 'good'), (2, 'kick', 2, null),"
                    + " (3, 'save', 3, 'bad')",
            "insert into trainings values (1, 1, 1), (1, 2, 2), (2, 1, 3)",
            "insert into player_skills values (1, 1), (1, 2), (2, 1)");

    private final SessionSchema schema;
    private final Map<Table<?>, Function<Session, Repository>> repositories = new HashMap<>();
    private final Connection connection;
    private final PreparedStatement query;
    private final SessionModel model;
    private final Dump rowsBefore;

    SessionTables(SessionSchema schema, Database database, String url, String user, String password)
            throws SQLException {
        this.schema = schema;
        this.connection = DriverManager.getConnection(
                url + (url.contains("?") ? "&" : "?") + "useServerPrepStmts=true", user, password);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        this.query = connection.prepareStatement(query());
        repositories.put(TEAMS, new TeamsRepository(database)::in);
        repositories.put(PLAYERS, new PlayersRepository(database)::in);
        repositories.put(ROUNDS, new RoundsRepository(database)::in);
        repositories.put(GOALS, new GoalsRepository(database)::in);
        repositories.put(LOCKERS, new LockersRepository(database)::in);
        repositories.put(BADGES, new BadgesRepository(database)::in);
        repositories.put(SKILLS, new SkillsRepository(database)::in);
        repositories.put(TRAININGS, new TrainingsRepository(database)::in);
        restore();
        this.model = readModel(database);
        this.rowsBefore = dump();
    }

    /** Returns the rows before each program. */
    Dump rowsBefore() {
        return rowsBefore;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Makes the rows as they are before each program. */
    void restore() {
        try (var statement = connection.createStatement()) {
            statement.addBatch("set foreign_key_checks = 0");
            statement.addBatch("delete from player_skills");
            for (var table : schema.tables()) {
                statement.addBatch("delete from " + table.getName());
            }
            statement.addBatch("set foreign_key_checks = 1");
            for (var rows : ROWS) {
                statement.addBatch(rows);
            }
            if (schema.tables().contains(GOALS)) {
                statement.addBatch(GOAL_ROWS);
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String query() {
        var parts = new ArrayList<String>();
        for (var table : schema.tables()) {
            parts.add("select " + texts(table.getName() + "#", SessionSchema.primaryKey(table)) + ", "
                    + texts("", schema.columns(table)) + ", "
                    + (table.field("version") == null ? "null" : "cast(version as char)") + " from " + table.getName());
        }
        parts.add("select concat('player_skills#', player_id, '|', skill_code), '', null from player_skills");
        return String.join(" union all ", parts);
    }

    private static String texts(String prefix, List<? extends Field<?>> fields) {
        return fields.stream()
                .map(field -> "ifnull(cast(" + field.getName() + " as char), '" + NULL + "')")
                .collect(Collectors.joining(", '|', ", "concat('" + prefix + "', ", ")"));
    }

    Dump dump() {
        var rows = new TreeMap<String, String>();
        var versions = new TreeMap<String, String>();
        try (var result = query.executeQuery()) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
                if (result.getString(3) != null) {
                    versions.put(result.getString(1), result.getString(3));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Dump(rows, versions);
    }

    /** Returns the rows that the model expects in the database. */
    Map<String, String> expected(SessionModel model) {
        var rows = new TreeMap<String, String>();
        model.rows().forEach(row -> {
            var stored = model.state(row).stored;
            if (stored != null) {
                rows.put(keyText(row, stored), text(schema.columns(row.table), stored));
            }
        });
        for (var link : model.links()) {
            rows.put(
                    "player_skills#" + stored(model, link.player()).get(PLAYERS.ID) + "|"
                            + stored(model, link.skill()).get(SKILLS.CODE),
                    "");
        }
        return rows;
    }

    private static Map<Field<?>, @Nullable Object> stored(SessionModel model, Row row) {
        return Objects.requireNonNull(model.state(row).stored);
    }

    /** Returns the version of a row; null if it has none. */
    static @Nullable String version(Dump dump, SessionModel model, Row row) {
        return dump.versions().get(keyText(row, stored(model, row)));
    }

    private static String keyText(Row row, Map<Field<?>, @Nullable Object> values) {
        return row.table.getName() + "#" + text(SessionSchema.primaryKey(row.table), values);
    }

    private static String text(List<? extends Field<?>> fields, Map<Field<?>, @Nullable Object> values) {
        return fields.stream()
                .map(field -> values.get(field) == null ? NULL : String.valueOf(values.get(field)))
                .collect(Collectors.joining("|"));
    }

    static String show(Map<String, String> rows) {
        return rows.entrySet().stream()
                .map(row -> row.getKey() + ": " + row.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Returns a model of the rows before a program. */
    SessionModel model() {
        return model.withNewRows();
    }

    private SessionModel readModel(Database database) {
        var read = new SessionModel(schema);
        for (var table : schema.tables()) {
            var number = 0;
            for (var record : database.read(session -> list(session, table))) {
                var values = new IdentityHashMap<Field<?>, @Nullable Object>();
                schema.columns(table).forEach(field -> values.put(field, record.get(field)));
                read.addStored(new Row(table, table.getName() + ++number, null), values);
            }
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select player_id, skill_code from player_skills")) {
            while (rows.next()) {
                read.links()
                        .add(new Link(
                                row(read, PLAYERS, PLAYERS.ID, rows.getInt(1)),
                                row(read, SKILLS, SKILLS.CODE, rows.getInt(2))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return read;
    }

    private static Row row(SessionModel model, Table<?> table, Field<?> field, Object value) {
        return model.rows(table).stream()
                .filter(row -> value.equals(stored(model, row).get(field)))
                .findFirst()
                .orElseThrow();
    }

    // --- calls ------------------------------------------------------------------------------------------------------

    private Repository in(Session session, Table<?> table) {
        return Objects.requireNonNull(repositories.get(table)).apply(session);
    }

    static KeyedRecord<?> newRecord(Table<?> table) {
        return (KeyedRecord<?>) table.newRecord();
    }

    static void set(KeyedRecord record, Field field, @Nullable Object value) {
        record.set(field, value);
    }

    static void add(Session session, KeyedRecord record) {
        session.add(record);
    }

    static void delete(Session session, KeyedRecord record) {
        session.delete(record);
    }

    static void refresh(Session session, KeyedRecord record) {
        session.refresh(record);
    }

    void save(Session session, KeyedRecord record) {
        in(session, record.getTable()).save(record);
    }

    void upsert(Session session, KeyedRecord record) {
        in(session, record.getTable())
                .upsert(record)
                .on(Objects.requireNonNull(record.getTable().getPrimaryKey()));
    }

    List<KeyedRecord<?>> list(Session session, Table<?> table) {
        return in(session, table).all().list();
    }

    static void link(Session session, KeyedRecord from, boolean isPlayer, List<? extends KeyedRecord<?>> rows) {
        if (isPlayer) {
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, (PlayersRecord) from, (List) rows);
        } else {
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, (SkillsRecord) from, (List) rows);
        }
    }

    static String linkText(Row from, boolean isPlayer, List<Row> rows) {
        return (isPlayer
                        ? "PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE"
                        : "SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE")
                + ".set(session, " + from + ", List.of("
                + rows.stream().map(Row::toString).collect(Collectors.joining(", ")) + "));";
    }
}
