package dev.rowan.session;

import static dev.rowan.types.Tables.BADGES;
import static dev.rowan.types.Tables.GOALS;
import static dev.rowan.types.Tables.LOCKERS;
import static dev.rowan.types.Tables.PLAYERS;
import static dev.rowan.types.Tables.ROUNDS;
import static dev.rowan.types.Tables.SKILLS;
import static dev.rowan.types.Tables.TEAMS;
import static dev.rowan.types.Tables.TRAININGS;

import dev.rowan.types.Keys;
import dev.rowan.types.repositories.BadgesRepository;
import dev.rowan.types.repositories.GoalsRepository;
import dev.rowan.types.repositories.LockersRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RoundsRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.repositories.TrainingsRepository;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jspecify.annotations.Nullable;

/** The tables that programs change, and the values that they give their columns. */
@SuppressWarnings("IdentityHashMapUsage") // columns are constants, whose own hash codes are slow
final class SessionSchema {

    private static final List<SessionTie> TIES = List.of(
            new SessionTie(
                    Keys.FK_TEAMS_CAPTAIN,
                    "TeamsRepository.CAPTAIN",
                    TeamsRepository.CAPTAIN,
                    "PlayersRepository.TEAMS_BY_CAPTAIN",
                    PlayersRepository.TEAMS_BY_CAPTAIN),
            new SessionTie(
                    Keys.FK_PLAYERS_TEAM,
                    "PlayersRepository.TEAM_CODE",
                    PlayersRepository.TEAM_CODE,
                    "TeamsRepository.PLAYERS_BY_TEAM_CODE",
                    TeamsRepository.PLAYERS_BY_TEAM_CODE),
            new SessionTie(
                    Keys.FK_PLAYERS_MENTOR,
                    "PlayersRepository.MENTOR",
                    PlayersRepository.MENTOR,
                    "PlayersRepository.PLAYERS_BY_MENTOR",
                    PlayersRepository.PLAYERS_BY_MENTOR),
            new SessionTie(
                    Keys.FK_ROUNDS_TEAM,
                    "RoundsRepository.TEAM_CODE",
                    RoundsRepository.TEAM_CODE,
                    "TeamsRepository.ROUNDS_BY_TEAM_CODE",
                    TeamsRepository.ROUNDS_BY_TEAM_CODE),
            new SessionTie(
                    Keys.FK_GOALS_ROUND,
                    "GoalsRepository.ROUND",
                    GoalsRepository.ROUND,
                    "RoundsRepository.GOALS",
                    RoundsRepository.GOALS),
            new SessionTie(
                    Keys.FK_LOCKERS_PLAYER,
                    "LockersRepository.PLAYER",
                    LockersRepository.PLAYER,
                    "PlayersRepository.LOCKERS",
                    PlayersRepository.LOCKERS),
            new SessionTie(
                    Keys.FK_BADGES_OWNER,
                    "BadgesRepository.OWNER_CODE",
                    BadgesRepository.OWNER_CODE,
                    "TeamsRepository.BADGES_BY_OWNER_CODE",
                    TeamsRepository.BADGES_BY_OWNER_CODE),
            new SessionTie(
                    Keys.FK_TRAININGS_PLAYER,
                    "TrainingsRepository.PLAYER",
                    TrainingsRepository.PLAYER,
                    "PlayersRepository.TRAININGS",
                    PlayersRepository.TRAININGS),
            new SessionTie(
                    Keys.FK_TRAININGS_SKILL,
                    "TrainingsRepository.SKILL_CODE",
                    TrainingsRepository.SKILL_CODE,
                    "SkillsRepository.TRAININGS_BY_SKILL_CODE",
                    SkillsRepository.TRAININGS_BY_SKILL_CODE));

    private static final List<Table<?>> TABLES =
            List.of(TEAMS, PLAYERS, ROUNDS, GOALS, LOCKERS, BADGES, SKILLS, TRAININGS);

    /** Few values, so that rows often have, free and take the same. */
    private final Map<Field<?>, List<Object>> values = new IdentityHashMap<>();

    private final List<Table<?>> tables;
    private final List<SessionTie> ties;

    private final Map<Field<?>, ForeignKey<?, ?>> keys = new IdentityHashMap<>();
    private final Map<Table<?>, List<Field<?>>> columns = new IdentityHashMap<>();
    private final Map<Table<?>, List<ForeignKey<?, ?>>> references = new IdentityHashMap<>();

    /**
     * @param cascadesTwice whether the server updates rows that follow rows which follow a key; otherwise there are no
     *     such rows
     */
    SessionSchema(boolean cascadesTwice) {
        tables = cascadesTwice
                ? TABLES
                : TABLES.stream().filter(table -> !table.equals(GOALS)).toList();
        ties = TIES.stream()
                .filter(tie -> tables.contains(tie.key().getTable()))
                .toList();
        values.put(TEAMS.CODE, List.of("a", "b", "c", "d", "e"));
        values.put(TEAMS.NAME, List.of("one", "two", "three"));
        values.put(TEAMS.MOTTO, List.of("win", "play"));
        values.put(PLAYERS.NAME, List.of("Ann", "Bob", "Cid"));
        values.put(PLAYERS.NICK, List.of("x", "y", "z", "Y", "w"));
        values.put(PLAYERS.SHIRT, List.of(1, 2, 3));
        values.put(ROUNDS.NUMBER, List.of(1, 2, 3));
        values.put(ROUNDS.PLACE, List.of("here", "there"));
        values.put(GOALS.MINUTE, List.of(1, 2, 3));
        values.put(LOCKERS.LABEL, List.of("left", "right"));
        values.put(SKILLS.CODE, List.of(1, 2, 3, 4, 5, 6));
        values.put(SKILLS.TITLE, List.of("run", "kick", "RUN", "save", "head", "pass"));
        values.put(SKILLS.PLACE, List.<Object>of((short) 1, (short) 2, (short) 3, (short) 4, (short) 5, (short) 6));
        values.put(SKILLS.NOTE, List.of("good", "bad"));
        values.put(TRAININGS.HOURS, List.of(1, 2, 3));
        for (var table : tables) {
            columns.put(
                    table,
                    Arrays.stream(table.fields())
                            .filter(field -> !field.getName().equals("version"))
                            .toList());
            references.put(table, List.copyOf(table.getReferences()));
            for (var key : references(table)) {
                key.getFields().forEach(field -> keys.put(field, key));
            }
        }
    }

    /** Returns the foreign keys by which records are tied. */
    List<SessionTie> ties() {
        return ties;
    }

    List<ForeignKey<?, ?>> references(Table<?> table) {
        return Objects.requireNonNull(references.get(table));
    }

    List<SessionTie> ties(Table<?> table) {
        return ties.stream().filter(tie -> tie.key().getTable().equals(table)).toList();
    }

    /** Returns the unique keys whose rows cannot exchange values: no column can hold another one for a time. */
    List<UniqueKey<?>> rigidKeys() {
        return List.of(Keys.KEY_SKILLS_UK_SKILLS_PLACE, Keys.KEY_LOCKERS_UK_LOCKERS_PLAYER, Keys.KEY_TRAININGS_PRIMARY);
    }

    List<Table<?>> tables() {
        return tables;
    }

    Table<?> players() {
        return PLAYERS;
    }

    Table<?> skills() {
        return SKILLS;
    }

    /** Returns all columns of a table but its version. */
    List<Field<?>> columns(Table<?> table) {
        return Objects.requireNonNull(columns.get(table));
    }

    /** Returns the columns of a table that have values of their own: those that no other row or the database gives. */
    List<Field<?>> ownColumns(Table<?> table) {
        return columns(table).stream().filter(values::containsKey).toList();
    }

    List<Object> values(Field<?> field) {
        return values.getOrDefault(field, List.of());
    }

    static List<? extends TableField<?, ?>> primaryKey(Table<?> table) {
        return Objects.requireNonNull(table.getPrimaryKey()).getFields();
    }

    /** Returns the foreign key that a column is part of; null if it is part of none. */
    @Nullable ForeignKey<?, ?> keyOf(Field<?> field) {
        return keys.get(field);
    }

    /** Returns the column that a column of a foreign key refers to. */
    TableField<?, ?> referenced(Field<?> field) {
        var key = Objects.requireNonNull(keyOf(field));
        return key.getKeyFields().get(key.getFields().indexOf(field));
    }

    /** Returns whether a column is part of a unique key. */
    boolean isUnique(Field<?> field) {
        return field instanceof TableField<?, ?> own
                && Objects.requireNonNull(own.getTable()).getKeys().stream()
                        .anyMatch(key -> key.getFields().contains(own));
    }

    @Nullable Object defaultOf(Field<?> field) {
        return field.getDataType().default_() instanceof Param<?> value ? value.getValue() : null;
    }
}
