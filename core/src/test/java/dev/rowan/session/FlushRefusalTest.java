package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.ForeignKeyViolation;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.LabelsRepository;
import dev.rowan.types.repositories.LockersRepository;
import dev.rowan.types.repositories.PlayerSkillsRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RanksRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.LabelsRecord;
import dev.rowan.types.tables.records.LockersRecord;
import dev.rowan.types.tables.records.PlayerSkillsRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.RanksRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a flush cannot write is refused by name, and after a flush that failed all is as before it. */
class FlushRefusalTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private final Database database = SCHEMA.database();
    private final TeamsRepository teams = new TeamsRepository(database);
    private final PlayersRepository players = new PlayersRepository(database);
    private final SkillsRepository skills = new SkillsRepository(database);
    private final LockersRepository lockers = new LockersRepository(database);
    private final PlayerSkillsRepository playerSkills = new PlayerSkillsRepository(database);
    private final LabelsRepository labels = new LabelsRepository(database);
    private final RanksRepository ranks = new RanksRepository(database);

    private static PlayersRecord player(String name) {
        return new PlayersRecord().setName(name);
    }

    private static SkillsRecord skill(int code, String title, int place) {
        return new SkillsRecord().setCode(code).setTitle(title).setPlace((short) place);
    }

    private String value(String sql) {
        return String.valueOf(database.dsl().fetchValue(sql));
    }

    private void assertRefused(String table, Session.Body<RuntimeException> body) {
        var refusal = assertThrows(IllegalStateException.class, () -> database.transaction(body));
        var message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("Changes of " + table + " wait for one another"), message);
    }

    @Test
    void aFailedFlushKeepsWhatWasAdded() {
        teams.insert(new TeamsRecord().setCode("A"));
        var old = players.insert(player("Old").setTeamCode("A"));
        var l = lockers.insert(new LockersRecord().setPlayerId(old.getId()));
        database.transaction(session -> {
            var a = teams.in(session).get("A");
            players.in(session).get(old.getId());
            var s = lockers.in(session).get(l.getId());
            session.add(player("New"));
            a.setCode("B");
            s.setPlayerId(999);
            assertThrows(ForeignKeyViolation.class, session::flush);
            s.setPlayerId(old.getId());
            session.flush();
        });
        assertEquals("1", value("select count(*) from players where name = 'New'"));
    }

    @Test
    void aFailedFlushOfLinksKeepsWhatWasAdded() {
        teams.insert(new TeamsRecord().setCode("A"));
        var old = players.insert(player("Old").setTeamCode("A"));
        skills.insert(skill(1, "one", 1));
        database.transaction(session -> {
            var a = teams.in(session).get("A");
            var o = players.in(session).get(old.getId());
            var s = skills.in(session).get(1);
            session.dsl().execute("delete from skills");
            session.add(player("New"));
            a.setCode("B");
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, o, List.of(s));
            assertThrows(ForeignKeyViolation.class, session::flush);
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, o, List.of());
            session.flush();
        });
        assertEquals("1", value("select count(*) from players where name = 'New'"));
    }

    @Test
    void anExchangeOfAKeyThatItsOwnTableReferencesIsRefused() {
        var a = labels.insert(new LabelsRecord().setCode("a"));
        var b = labels.insert(new LabelsRecord().setCode("b"));
        assertRefused("labels", session -> {
            session.add(a).setCode("b");
            session.add(b).setCode("a");
        });
    }

    @Test
    void anExchangeOfKeysThatAreForeignKeysIsRefused() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b"));
        skills.insert(skill(1, "one", 1));
        var first = playerSkills.insert(
                new PlayerSkillsRecord().setPlayerId(a.getId()).setSkillCode(1));
        var second = playerSkills.insert(
                new PlayerSkillsRecord().setPlayerId(b.getId()).setSkillCode(1));
        assertRefused("player_skills", session -> {
            session.add(first).setPlayerId(b.getId());
            session.add(second).setPlayerId(a.getId());
        });
    }

    @Test
    void anExchangeThatACheckForbidsIsRefused() {
        ranks.insert(new RanksRecord().setId(1).setPlace(1));
        ranks.insert(new RanksRecord().setId(2).setPlace(2));
        database.transaction(session -> {
            var first = ranks.in(session).get(1).setPlace(2);
            ranks.in(session).get(2).setPlace(1);
            var added = session.add(new RanksRecord().setId(3).setPlace(3));
            var refusal = assertThrows(IllegalStateException.class, session::flush);
            var message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains("ranks"), message);
            assertTrue(message.contains("ck_ranks_place"), message);
            assertEquals(2, first.getPlace());
            first.setPlace(4);
            session.flush();
            first.setPlace(2);
            added.setPlace(5);
        });
        assertEquals("1:2,2:1,3:5", value("select group_concat(id, ':', place order by id) from ranks"));
    }
}
