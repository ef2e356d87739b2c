package dev.rowan.session;

import static dev.rowan.types.Tables.LABELS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.ManyToMany;
import dev.rowan.ToMany;
import dev.rowan.config.Orphans;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.NotLoaded;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.LabelsRepository;
import dev.rowan.types.repositories.PlayerSkillsKey;
import dev.rowan.types.repositories.PlayerSkillsRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.LabelsRecord;
import dev.rowan.types.tables.records.PlayerSkillsRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Rows that refer to a record whose key changes with the next flush, or whose row a new record takes over. */
class ChangedKeyTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private static final ToMany<TeamsRecord, PlayersRecord> PLAYERS = TeamsRepository.PLAYERS_BY_TEAM_CODE;
    private static final ManyToMany<PlayersRecord, SkillsRecord> SKILLS =
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE;
    private static final ManyToMany<SkillsRecord, PlayersRecord> SKILLED =
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE;

    private final Database database = SCHEMA.database();
    private final TeamsRepository teams = new TeamsRepository(database);
    private final PlayersRepository players = new PlayersRepository(database);
    private final SkillsRepository skills = new SkillsRepository(database);
    private final PlayerSkillsRepository links = new PlayerSkillsRepository(database);

    private int ann;
    private int bob;
    private int cleo;

    @BeforeEach
    void insertRows() {
        teams.insertAll(List.of(new TeamsRecord().setCode("A"), new TeamsRecord().setCode("B")));
        ann = players.insert(player("ann").setTeamCode("A")).getId();
        bob = players.insert(player("bob").setTeamCode("A")).getId();
        cleo = players.insert(player("cleo").setTeamCode("B")).getId();
        players.insert(player("dan"));
        skills.insert(skill(1, "one"));
        skills.insert(skill(2, "two"));
        links.insert(new PlayerSkillsRecord().setPlayerId(bob).setSkillCode(1));
    }

    private static PlayersRecord player(String name) {
        return new PlayersRecord().setName(name);
    }

    private static SkillsRecord skill(int code, String title) {
        return new SkillsRecord().setCode(code).setTitle(title).setPlace((short) title.hashCode());
    }

    private String players() {
        return players.all().list().stream()
                .map(player -> player.getName() + " " + player.getTeamCode())
                .collect(Collectors.joining(", "));
    }

    private Set<String> links() {
        return new TreeSet<>(
                links.all().with(PlayerSkillsRepository.PLAYER).with(PlayerSkillsRepository.SKILL_CODE).list().stream()
                        .map(link -> PlayerSkillsRepository.PLAYER.get(link).getName() + " "
                                + PlayerSkillsRepository.SKILL_CODE.get(link).getTitle())
                        .toList());
    }

    @Test
    void theRowsOfARecordWhoseKeyChangesAreFoundByItsOldKey() {
        database.transaction(session -> {
            var team = teams.in(session).get("A").setCode("Z");
            teams.in(session).load(List.of(team), PLAYERS);
            assertEquals(2, PLAYERS.of(team).size());

            PLAYERS.set(session, team, List.of(players.in(session).get(cleo)));
        });
        assertEquals("ann null, bob null, cleo Z, dan null", players());
    }

    @Test
    void theyAreFoundByItsNewKeyWhereAutoFlushHasWrittenIt() {
        database.transaction(TransactionOptions.standard().withAutoFlush(), session -> {
            var team = teams.in(session).get("A").setCode("Z");
            PLAYERS.set(session, team, List.of(players.in(session).get(cleo)));
        });
        assertEquals("ann null, bob null, cleo Z, dan null", players());
    }

    @Test
    void aKeyThatAnotherRecordTakesOverLeadsToTheRowsOfEach() {
        database.transaction(session -> {
            teams.in(session).get("A").setCode("Z");
            var team = teams.in(session).get("B").setCode("A");
            players.in(session).all().list();
            PLAYERS.set(session, team, List.of());
        });
        assertEquals("ann Z, bob Z, cleo null, dan null", players());
    }

    @Test
    void aRowThatIsGivenTheNewKeyRefersToTheRecord() {
        database.transaction(session -> {
            var team = teams.in(session).get("A").setCode("Z");
            players.in(session).get(cleo).setTeamCode("Z");
            PLAYERS.set(session, team, List.of(players.in(session).get(bob)));
        });
        assertEquals("ann null, bob Z, cleo null, dan null", players());
    }

    @Test
    void theRowsOfARecordWhoseKeyChangesAreDeleted() {
        database.transaction(session -> {
            var team = teams.in(session).get("A").setCode("Z");
            SKILLS.set(session, players.in(session).get(bob), List.of());
            PLAYERS.delete(session, team);
        });
        assertEquals("cleo B, dan null", players());
    }

    @Test
    void theRowsOfADeletedRecordAreThoseOfTheNewOneWithItsKey() {
        database.transaction(session -> {
            session.delete(teams.in(session).get("A"));
            var team = session.add(new TeamsRecord().setCode("A"));
            PLAYERS.set(session, team, List.of(players.in(session).get(cleo), player("eve")));
        });
        assertEquals("ann null, bob null, cleo A, dan null, eve A", players());
    }

    @Test
    void theRowsOfADeletedRecordAreDeletedUnderTheNewOneWithItsKey() {
        links.delete(new PlayerSkillsKey(bob, 1));
        database.transaction(session -> {
            session.delete(teams.in(session).get("A"));
            var team = session.add(new TeamsRecord().setCode("A"));
            PLAYERS.set(session, team, List.of(players.in(session).get(cleo)), Orphans.DELETE);
        });
        assertEquals("cleo A, dan null", players());
        database.transaction(session -> {
            session.delete(teams.in(session).get("A"));
            PLAYERS.delete(session, session.add(new TeamsRecord().setCode("A")));
        });
        assertEquals("dan null", players());
    }

    @Test
    void theRowsOfARecordThatTakesOverARowAreReadAfterTheFlush() {
        database.transaction(session -> {
            session.delete(skills.in(session).get(1));
            var fresh = session.add(skill(1, "new"));
            SKILLED.add(session, fresh, players.in(session).get(cleo));
            session.flush();
            var error = assertThrows(NotLoaded.class, () -> SKILLED.of(fresh));
            assertTrue(Objects.requireNonNull(error.getMessage()).contains("load(records"), error.getMessage());

            skills.in(session).load(List.of(fresh), SKILLED);
            assertEquals(2, SKILLED.of(fresh).size());
        });
        assertEquals(Set.of("bob new", "cleo new"), links());
    }

    @Test
    void aLinkIsNotInsertedBesideARecordOfTheLinkTableThatMovesThere() {
        database.transaction(session -> {
            var link = links.in(session).get(new PlayerSkillsKey(bob, 1));
            var eve = session.add(player("eve"));
            PlayerSkillsRepository.PLAYER.set(link, eve);
            SKILLS.add(session, eve, skills.in(session).get(1));
            SKILLS.add(session, eve, skills.in(session).get(2));
        });
        assertEquals(Set.of("eve one", "eve two"), links());
    }

    @Test
    void aLinkedRecordThatWasDetachedIsNamed() {
        database.transaction(session -> {
            var fresh = skill(3, "three");
            SKILLS.add(session, players.in(session).get(ann), fresh);
            session.detach(fresh);
            var error = assertThrows(IllegalStateException.class, session::flush);
            assertEquals(
                    SKILLS
                            + ".add links a record of skills that has no row, and that this session does not insert: it was"
                            + " deleted or detached. Leave it out of the rows, or add it to the session.",
                    error.getMessage());
            SKILLS.remove(session, players.in(session).get(ann), fresh);
        });
    }

    @Test
    void aLoadDoesNotTakeAReferenceBack() {
        database.transaction(session -> {
            var team = teams.in(session).get("A").setCode("Z");
            var player = players.in(session).get(cleo);
            PlayersRepository.TEAM_CODE.set(player, team);
            players.in(session).load(List.of(player), PlayersRepository.TEAM_CODE);
            assertEquals(team, PlayersRepository.TEAM_CODE.get(player));
        });
        assertEquals("ann Z, bob Z, cleo Z, dan null", players());
    }

    @Test
    void rowsOfAKeyThatOnlyTheServerTellsApartStay() {
        teams.insertAll(List.of(new TeamsRecord().setCode("ss"), new TeamsRecord().setCode("\u00df")));
        players.insert(player("eve").setTeamCode("ss"));
        players.insert(player("fay").setTeamCode("\u00df"));
        database.transaction(session -> {
            players.in(session).all().list();
            PLAYERS.set(session, teams.in(session).get("ss"), List.of(), Orphans.DELETE);
        });
        assertEquals("ann A, bob A, cleo B, dan null, fay \u00df", players());
    }

    @Test
    void theRowsOfARecordThatWasReadWithoutItsKeyAreNotTakenForNone() {
        var labels = new LabelsRepository(database);
        labels.insert(new LabelsRecord().setCode("l"));
        database.transaction(session -> {
            var part = session.add(
                    session.dsl().select(LABELS.ID).from(LABELS).fetchSingle().into(LABELS));
            var relation = LabelsRepository.STICKERS_BY_LABEL_CODE;
            for (var call : List.<Executable>of(
                    () -> relation.set(session, part, List.of()),
                    () -> relation.delete(session, part),
                    () -> labels.in(session).load(List.of(part), relation))) {
                var error = assertThrows(IllegalArgumentException.class, call);
                assertTrue(String.valueOf(error.getMessage()).contains("Read it with that column"), error::toString);
            }
        });
    }
}
