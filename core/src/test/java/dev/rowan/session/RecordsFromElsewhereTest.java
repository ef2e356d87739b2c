package dev.rowan.session;

import static dev.rowan.types.Tables.PLAYERS;
import static dev.rowan.types.Tables.SKILLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.ToMany;
import dev.rowan.config.Orphans;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that a session is given, or gives up: merged, detached, left out. */
class RecordsFromElsewhereTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private final Database database = SCHEMA.database();
    private final PlayersRepository players = new PlayersRepository(database);
    private final SkillsRepository skills = new SkillsRepository(database);

    private PlayersRecord ann;

    @BeforeEach
    void insertAPlayer() {
        new TeamsRepository(database).insert(new TeamsRecord().setCode("A").setName("aa"));
        ann = players.insert(player("ann").setTeamCode("A"));
    }

    @Test
    void mergeRefusesWhatItWouldNotCopy() {
        database.transaction(session -> {
            var form = new PlayersRecord().setId(ann.getId());
            PlayersRepository.MENTOR.set(form, player("new"));
            var failure = assertThrows(IllegalArgumentException.class, () -> session.merge(form));
            assertTrue(String.valueOf(failure.getMessage()).contains("connected to new rows"), failure::toString);
            var other = new PlayersRecord().setId(ann.getId());
            PlayersRepository.PLAYERS_BY_MENTOR.add(other, player("new"));
            assertThrows(IllegalArgumentException.class, () -> session.merge(other));
        });
    }

    @Test
    void theLinksOfADetachedRecordAreNotWritten() {
        var skill = skills.insert(new SkillsRecord().setCode(1).setTitle("one").setPlace((short) 1));
        database.transaction(session -> {
            var record = players.in(session).get(ann.getId());
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.add(session, record, session.add(skill));
            session.detach(record);
        });
        assertEquals("0", value("SELECT COUNT(*) FROM player_skills"));
    }

    @Test
    void theTreeOfAKeptRowIsNotDeletedWithAnOrphan() {
        var bob = players.insert(player("bob").setMentorId(ann.getId()));
        var cleo = players.insert(player("cleo").setMentorId(bob.getId()));
        players.insert(player("dan").setMentorId(cleo.getId()));
        database.transaction(session -> {
            var inSession = players.in(session);
            ToMany.recursive(PlayersRepository.PLAYERS_BY_MENTOR)
                    .set(session, inSession.get(ann.getId()), List.of(inSession.get(cleo.getId())), Orphans.DELETE);
        });
        assertEquals("ann,cleo,dan", value("SELECT GROUP_CONCAT(name ORDER BY name) FROM players"));
    }

    @Test
    void aColumnThatARecordWasReadWithoutIsSetToNull() {
        database.transaction(session -> session.add(part()).setTeamCode(null));
        assertNull(players.get(ann.getId()).getTeamCode());
    }

    @Test
    void aReferenceThatARecordWasReadWithoutIsCleared() {
        database.transaction(session -> PlayersRepository.TEAM_CODE.clear(session.add(part())));
        assertNull(players.get(ann.getId()).getTeamCode());
    }

    @Test
    void aColumnThatARecordWithoutSessionWasReadWithoutIsSetToNull() {
        players.update(part().setTeamCode(null));
        assertNull(players.get(ann.getId()).getTeamCode());
    }

    @Test
    void aKeyThatIsSetAndSetBackChangesNoOtherColumn() {
        database.transaction(session -> {
            var part = session.add(part());
            part.setId(99).setId(ann.getId()).setNick("a");
        });
        assertEquals("A", players.get(ann.getId()).getTeamCode());
        assertEquals("a", players.get(ann.getId()).getNick());
    }

    @Test
    void aColumnThatARecordWasReadWithoutIsSetToNullBesideAChangeOfItsKey() {
        skills.insert(new SkillsRecord().setCode(1).setTitle("one").setPlace((short) 1));
        database.transaction(session -> session.add(skillPart()).setNote(null).setCode(2));
        assertNull(value("SELECT note FROM skills WHERE code = 2"));
        database.dsl().execute("UPDATE skills SET note = 'again'");
        database.transaction(session -> session.add(skillPart()).setCode(3).setNote(null));
        assertNull(value("SELECT note FROM skills WHERE code = 3"));
        database.dsl().execute("UPDATE skills SET note = 'again'");
        database.transaction(session -> session.add(skillPart()).setCode(4));
        assertEquals("again", value("SELECT note FROM skills WHERE code = 4"));
    }

    @Test
    void aColumnThatAnInsertLeftToItsDefaultIsSetToNullBesideAChangeOfTheKey() {
        database.transaction(session -> {
            var skill =
                    session.add(new SkillsRecord().setCode(1).setTitle("one").setPlace((short) 1));
            session.flush();
            skill.setCode(2).setNote(null);
        });
        assertNull(value("SELECT note FROM skills WHERE code = 2"));
    }

    @Test
    void aRowIsLoadedByAReferenceThatTheRecordWasReadWithout() {
        var bob = players.insert(player("bob"));
        var parts = database.dsl().select(PLAYERS.ID).from(PLAYERS).fetchInto(PLAYERS);
        players.load(parts, PlayersRepository.TEAM_CODE);
        assertEquals(
                Map.of(ann.getId(), "A", bob.getId(), "-"),
                parts.stream()
                        .collect(Collectors.toMap(
                                PlayersRecord::getId,
                                part -> PlayersRepository.TEAM_CODE
                                        .of(part)
                                        .map(TeamsRecord::getCode)
                                        .orElse("-"))));
        assertNull(parts.getFirst().getTeamCode());
    }

    private SkillsRecord skillPart() {
        return database.dsl().select(SKILLS.CODE, SKILLS.VERSION).from(SKILLS).fetchSingleInto(SKILLS);
    }

    private PlayersRecord part() {
        return database.dsl()
                .select(PLAYERS.ID, PLAYERS.NAME)
                .from(PLAYERS)
                .where(PLAYERS.ID.eq(ann.getId()))
                .fetchSingleInto(PLAYERS);
    }

    private static PlayersRecord player(String name) {
        return new PlayersRecord().setName(name);
    }

    private @Nullable String value(String sql) {
        var value = database.dsl().fetchValue(sql);
        return value == null ? null : value.toString();
    }
}
