package dev.rowan.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.types.repositories.BadgesRepository;
import dev.rowan.types.repositories.GensRepository;
import dev.rowan.types.repositories.GoalsRepository;
import dev.rowan.types.repositories.LockersRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RoundsRepository;
import dev.rowan.types.repositories.TaggedRepository;
import dev.rowan.types.repositories.TagsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.BadgesRecord;
import dev.rowan.types.tables.records.GensRecord;
import dev.rowan.types.tables.records.GoalsRecord;
import dev.rowan.types.tables.records.LockersRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.RoundsRecord;
import dev.rowan.types.tables.records.TaggedRecord;
import dev.rowan.types.tables.records.TagsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record that a session holds tells what its row holds, whatever wrote the row. */
class HeldRecordTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private final Database database = SCHEMA.database();
    private final TeamsRepository teams = new TeamsRepository(database);
    private final PlayersRepository players = new PlayersRepository(database);
    private final RoundsRepository rounds = new RoundsRepository(database);
    private final GoalsRepository goals = new GoalsRepository(database);
    private final LockersRepository lockers = new LockersRepository(database);
    private final BadgesRepository badges = new BadgesRepository(database);
    private final TagsRepository tags = new TagsRepository(database);
    private final TaggedRepository tagged = new TaggedRepository(database);
    private final GensRepository gens = new GensRepository(database);

    private static PlayersRecord player(String name) {
        return new PlayersRecord().setName(name);
    }

    private String value(String sql) {
        return String.valueOf(database.dsl().fetchValue(sql));
    }

    @Test
    void aRowThatADeleteByKeyCascadesToIsGone() {
        var p = players.insert(player("p"));
        var l = lockers.insert(new LockersRecord().setPlayerId(p.getId()));
        database.transaction(session -> {
            lockers.in(session).get(l.getId());
            players.in(session).delete(p.getId());
            assertTrue(lockers.in(session).find(l.getId()).isEmpty());
        });
    }

    @Test
    void aRowThatADeleteByARecordCascadesToIsGone() {
        var p = players.insert(player("p"));
        var l = lockers.insert(new LockersRecord().setPlayerId(p.getId()));
        database.transaction(session -> {
            lockers.in(session).get(l.getId());
            players.in(session).delete(p);
            assertTrue(lockers.in(session).find(l.getId()).isEmpty());
        });
    }

    @Test
    void aRowThatADeleteOfManyCascadesToIsGone() {
        var p = players.insert(player("p"));
        var q = players.insert(player("q"));
        var l = lockers.insert(new LockersRecord().setPlayerId(p.getId()));
        database.transaction(session -> {
            lockers.in(session).get(l.getId());
            players.in(session).deleteAll(List.of(p, q));
            assertTrue(lockers.in(session).find(l.getId()).isEmpty());
        });
    }

    @Test
    void aRecordFollowsAKeyThatAnUpdateByKeyChanges() {
        teams.insert(new TeamsRecord().setCode("A"));
        var p = players.insert(player("p").setTeamCode("A"));
        database.transaction(session -> {
            players.in(session).get(p.getId());
            teams.in(session).update("A", t -> t.setCode("B"));
            assertEquals("B", players.in(session).get(p.getId()).getTeamCode());
        });
    }

    @Test
    void aRecordFollowsAKeyThatASaveChanges() {
        teams.insert(new TeamsRecord().setCode("A"));
        var p = players.insert(player("p").setTeamCode("A"));
        database.transaction(session -> {
            players.in(session).get(p.getId());
            var team = teams.in(session).get("A").setCode("B");
            teams.in(session).save(team);
            assertEquals("B", players.in(session).get(p.getId()).getTeamCode());
        });
    }

    @Test
    void aRecordFollowsAKeyThroughARowThatIsNotLoaded() {
        teams.insert(new TeamsRecord().setCode("A"));
        rounds.insert(new RoundsRecord().setTeamCode("A").setNumber(1));
        var g = goals.insert(new GoalsRecord().setTeamCode("A").setNumber(1));
        database.transaction(session -> {
            goals.in(session).get(g.getId());
            teams.in(session).get("A").setCode("B");
            session.flush();
            assertEquals("B", goals.in(session).get(g.getId()).getTeamCode());
        });
    }

    @Test
    void onlyRecordsOfTheSameBinaryKeyFollowIt() {
        tags.insert(new TagsRecord().setCode("x"));
        tags.insert(new TagsRecord().setCode("X"));
        var lower = tagged.insert(new TaggedRecord().setTagCode("x"));
        var upper = tagged.insert(new TaggedRecord().setTagCode("X"));
        database.transaction(session -> {
            var l = tagged.in(session).get(lower.getId());
            var u = tagged.in(session).get(upper.getId());
            tags.in(session).get("x").setCode("y");
            session.flush();
            assertEquals("y", l.getTagCode());
            assertEquals("X", u.getTagCode());
        });
    }

    @Test
    void onlyRecordsOfTheSameBinaryKeyAreDeletedWithIt() {
        tags.insert(new TagsRecord().setCode("x"));
        tags.insert(new TagsRecord().setCode("X"));
        tagged.insert(new TaggedRecord().setTagCode("x"));
        var upper = tagged.insert(new TaggedRecord().setTagCode("X"));
        database.transaction(session -> {
            var u = tagged.in(session).get(upper.getId());
            session.delete(tags.in(session).get("x"));
            session.flush();
            u.setNote("kept");
        });
        assertEquals("kept", value("select note from tagged where id = " + upper.getId()));
    }

    @Test
    void aGeneratedColumnIsReadAgainAfterAnUpdate() {
        gens.insert(new GensRecord().setId(1).setA(1).setName("n"));
        database.transaction(session -> {
            var g = gens.in(session).get(1);
            g.setA(5);
            session.flush();
            assertEquals(6, gens.in(session).get(1).getB());
        });
    }

    @Test
    void whatATriggerWroteIsReadAgain() {
        database.dsl().execute("create trigger tr before update on tags for each row set new.note = upper(new.note)");
        try {
            tags.insert(new TagsRecord().setCode("x").setNote("low"));
            database.transaction(session -> {
                var x = tags.in(session).get("x");
                x.setNote("high");
                session.flush();
                assertEquals("HIGH", tags.in(session).get("x").getNote());
            });
        } finally {
            database.dsl().execute("drop trigger tr");
        }
    }

    @Test
    void aLoadedRelationDoesNotTakeAReferenceBack() {
        var a = players.insert(player("a"));
        var b = players.insert(player("b"));
        var c = players.insert(player("c").setMentorId(a.getId()));
        database.transaction(session -> {
            var ra = players.in(session).get(a.getId());
            var rb = players.in(session).get(b.getId());
            var rc = players.in(session).get(c.getId());
            PlayersRepository.MENTOR.set(rc, rb);
            players.in(session).load(List.of(ra), PlayersRepository.PLAYERS_BY_MENTOR);
            assertEquals(b.getId(), rc.getMentorId());
            assertSame(rb, PlayersRepository.MENTOR.of(rc).orElseThrow());
        });
    }

    @Test
    void aReferenceThatWasStoredAlreadyFollowsTheDatabaseAfterAFlush() {
        teams.insert(new TeamsRecord().setCode("red"));
        var badge = badges.insert(new BadgesRecord().setOwnerCode("red"));
        database.transaction(session -> {
            var team = teams.in(session).get("red");
            session.add(badge);
            BadgesRepository.OWNER_CODE.set(badge, team);
            session.flush();
            session.delete(team);
            session.flush();
            assertNull(badge.getOwnerCode());
        });
    }
}
