package dev.rowan.session;

import static dev.rowan.types.Tables.PLAYERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.ToMany;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.UniqueViolation;
import dev.rowan.testing.ForcedRollback;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.GensRepository;
import dev.rowan.types.repositories.PlayerSkillsRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RanksRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TagsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.GensRecord;
import dev.rowan.types.tables.records.PlayerSkillsRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.RanksRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TagsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a flush makes of records that were moved, detached, merged or read in part before it. */
class FlushOutcomeTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private final Database database = SCHEMA.database();
    private final TeamsRepository teams = new TeamsRepository(database);
    private final PlayersRepository players = new PlayersRepository(database);
    private final SkillsRepository skills = new SkillsRepository(database);
    private final PlayerSkillsRepository playerSkills = new PlayerSkillsRepository(database);
    private final TagsRepository tags = new TagsRepository(database);
    private final GensRepository gens = new GensRepository(database);
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

    @Test
    void aRowThatWasMovedIsNotDeletedWithItsFormerParent() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b"));
        var c = players.insert(player("c").setMentorId(a.getId()));
        database.transaction(session -> {
            var ra = players.in(session).get(a.getId());
            var rb = players.in(session).get(b.getId());
            var rc = players.in(session).get(c.getId());
            PlayersRepository.PLAYERS_BY_MENTOR.add(rb, rc);
            PlayersRepository.PLAYERS_BY_MENTOR.delete(session, ra);
            session.delete(ra);
        });
        assertEquals("1", value("select count(*) from players where name = 'c'"));
    }

    @Test
    void aRowThatWasReleasedIsNotDeletedWithATree() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b").setMentorId(a.getId()));
        var c = players.insert(player("c").setMentorId(b.getId()));
        database.transaction(session -> {
            var ra = players.in(session).get(a.getId());
            PlayersRepository.MENTOR.clear(players.in(session).get(c.getId()));
            ToMany.recursive(PlayersRepository.PLAYERS_BY_MENTOR).delete(session, ra);
            session.delete(ra);
        });
        assertEquals("c", value("select group_concat(name) from players"));
    }

    @Test
    void aNewRowIsDroppedWithItsParent() {
        var a = players.insert(player("a"));
        database.transaction(session -> {
            var ra = players.in(session).get(a.getId());
            PlayersRepository.PLAYERS_BY_MENTOR.add(ra, player("child"));
            PlayersRepository.PLAYERS_BY_MENTOR.delete(session, ra);
            session.delete(ra);
        });
        assertEquals("0", value("select count(*) from players"));
    }

    @Test
    void aRowIsRemovedWhoseReferenceDiffersByCase() {
        teams.insert(new TeamsRecord().setCode("Red"));
        players.insert(player("p").setTeamCode("red"));
        database.transaction(session -> {
            var red = teams.in(session)
                    .all()
                    .with(TeamsRepository.PLAYERS_BY_TEAM_CODE)
                    .list()
                    .getFirst();
            var r = TeamsRepository.PLAYERS_BY_TEAM_CODE.of(red).getFirst();
            TeamsRepository.PLAYERS_BY_TEAM_CODE.remove(red, r);
        });
        assertNull(database.dsl().fetchValue("select team_code from players"));
    }

    @Test
    void aNewRowThatIsDetachedIsNotInserted() {
        var p = players.insert(player("p"));
        database.transaction(session -> {
            var mentor = players.in(session).get(p.getId());
            var child = player("child");
            PlayersRepository.PLAYERS_BY_MENTOR.add(mentor, child);
            session.detach(child);
        });
        assertEquals("0", value("select count(*) from players where name = 'child'"));
    }

    @Test
    void aRecordDetachedInARolledBackPartIsWritten() {
        var p = players.insert(player("p"));
        database.transaction(session -> {
            var r = players.in(session).get(p.getId());
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        part.detach(r);
                        throw new ForcedRollback();
                    }));
            PlayersRepository.MENTOR.set(r, player("mentor"));
            r.setNick("n");
        });
        assertEquals("n", value("select nick from players where id = " + p.getId()));
        assertEquals("1", value("select count(*) from players where name = 'mentor'"));
    }

    @Test
    void aReferenceOfARecordDetachedInARolledBackPartIsWritten() {
        var p = players.insert(player("p"));
        database.transaction(session -> {
            var r = players.in(session).get(p.getId());
            assertThrows(
                    ForcedRollback.class,
                    () -> session.nested(part -> {
                        part.detach(r);
                        throw new ForcedRollback();
                    }));
            PlayersRepository.MENTOR.set(r, player("mentor"));
        });
        assertEquals("1", value("select count(*) from players where name = 'mentor'"));
    }

    @Test
    void aRecordThatIsMergedAfterItsDeleteStays() {
        var a = players.insert(player("a"));
        database.transaction(session -> {
            session.delete(players.in(session).get(a.getId()));
            session.merge(player("merged").setId(a.getId()));
        });
        assertEquals("merged", value("select name from players"));
    }

    @Test
    void aRowOfNothingButItsKeyIsReplaced() {
        var a = players.insert(player("a"));
        skills.insert(skill(1, "one", 1));
        var link = playerSkills.insert(
                new PlayerSkillsRecord().setPlayerId(a.getId()).setSkillCode(1));
        database.transaction(session -> {
            session.delete(link);
            session.add(new PlayerSkillsRecord().setPlayerId(a.getId()).setSkillCode(1));
        });
        assertEquals("1", value("select count(*) from player_skills"));
    }

    @Test
    void aDeletedRecordKeepsTheReferenceThatWasClearedBefore() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b").setMentorId(a.getId()));
        database.dsl().execute("update players set mentor_id = " + b.getId() + " where id = " + a.getId());
        var ra = new PlayersRecord[2];
        database.transaction(session -> {
            ra[0] = players.in(session).get(a.getId());
            ra[1] = players.in(session).get(b.getId());
            session.delete(ra[0]);
            session.delete(ra[1]);
        });
        assertEquals(b.getId(), ra[0].getMentorId());
        assertEquals(a.getId(), ra[1].getMentorId());
    }

    @Test
    void valuesMoveOnBesideADecimalOfAnotherScale() {
        for (int i = 1; i <= 5; i++) {
            ranks.insert(new RanksRecord().setId(i).setPlace(i).setCost(new BigDecimal("1.00")));
        }
        database.transaction(session -> {
            for (int i = 1; i <= 5; i++) {
                var r = ranks.in(session).get(i);
                r.setPlace(i + 1);
                if (i % 2 == 0) {
                    r.setCost(new BigDecimal("1.0"));
                }
            }
        });
    }

    @Test
    void binaryKeysAreExchanged() {
        tags.insert(new TagsRecord().setCode("a"));
        tags.insert(new TagsRecord().setCode("b"));
        database.transaction(session -> {
            tags.in(session).get("a").setCode("B");
            tags.in(session).get("b").setCode("A");
        });
    }

    @Test
    void aRecordIsUpdatedByKeyAfterItWasTiedToANewRow() {
        var p = players.insert(player("p"));
        database.transaction(session -> {
            var r = players.in(session).get(p.getId());
            PlayersRepository.MENTOR.set(r, player("new"));
            players.in(session).update(p.getId(), x -> x.setShirt(3));
        });
        assertEquals(
                "new", value("select m.name from players p join players m on m.id = p.mentor_id where p.shirt = 3"));
    }

    @Test
    void recordsThatWereReadInPartAreDeletedInTheOrderOfTheirRows() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b").setMentorId(a.getId()));
        database.transaction(session -> {
            for (var id : List.of(a.getId(), b.getId())) {
                session.delete(session.dsl()
                        .select(PLAYERS.ID, PLAYERS.NAME)
                        .from(PLAYERS)
                        .where(PLAYERS.ID.eq(id))
                        .fetchSingle()
                        .into(PLAYERS));
            }
        });
        assertEquals("0", value("select count(*) from players"));
    }

    @Test
    void aUniqueValueThatWasNotReadIsFreedBeforeAnotherRowTakesIt() {
        players.insert(player("a").setNick("x"));
        players.insert(player("b").setNick("y"));
        database.transaction(TransactionOptions.standard().withAutoFlush(), session -> {
            var read = session.dsl()
                    .select(PLAYERS.ID, PLAYERS.NAME)
                    .from(PLAYERS)
                    .orderBy(PLAYERS.ID)
                    .fetchInto(PLAYERS);
            session.add(read.getFirst()).setNick("y");
            session.add(read.getLast()).setNick("z");
            assertEquals("1. update players nick: 2 rows\n", session.plan().toString());
        });
        assertEquals("a:y,b:z", value("select group_concat(name, ':', nick order by name) from players"));
    }

    @Test
    void aGeneratedValueThatAnUpdateFreesIsTakenByANewRow() {
        gens.insert(new GensRecord().setId(1).setA(1).setName("n"));
        database.transaction(session -> {
            session.add(new GensRecord().setId(2).setA(1).setName("m"));
            gens.in(session).get(1).setA(5);
        });
        assertEquals("1:6,2:2", value("select group_concat(id, ':', b order by id) from gens"));
    }

    @Test
    void theErrorOfAGeneratedValueThatAnotherUpdateFreesNamesTheWay() {
        gens.insertAll(List.of(
                new GensRecord().setId(1).setA(1).setName("n"),
                new GensRecord().setId(2).setA(2).setName("m")));
        database.transaction(session -> {
            gens.in(session).get(1).setA(2);
            gens.in(session).get(2).setA(3);
            var error = assertThrows(UniqueViolation.class, session::flush);
            assertEquals(
                    "update gens: another row has the same b (unique key uk_gens_b). Choose another value, or update that"
                            + " row. The server computes the key, so a flush cannot order rows that take one another's"
                            + " values: if that is the cause, change the row that gives up the value first, and call"
                            + " flush().",
                    error.getMessage());

            gens.in(session).get(1).setA(1);
            session.flush();
            gens.in(session).get(1).setA(2);
        });
        assertEquals("1:3,2:4", value("select group_concat(id, ':', b order by id) from gens"));
    }
}
