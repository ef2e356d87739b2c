package dev.rowan.session;

import static dev.rowan.types.Tables.PLAYERS;
import static dev.rowan.types.Tables.PLAYER_SKILLS;
import static dev.rowan.types.Tables.ROUNDS;
import static dev.rowan.types.Tables.SKILLS;
import static dev.rowan.types.Tables.TEAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.StaleRecord;
import dev.rowan.testing.SchemaDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.types.repositories.BadgesRepository;
import dev.rowan.types.repositories.GoalsRepository;
import dev.rowan.types.repositories.LockersRepository;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RoundsKey;
import dev.rowan.types.repositories.RoundsRepository;
import dev.rowan.types.repositories.SkillsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.repositories.TrainingsKey;
import dev.rowan.types.repositories.TrainingsRepository;
import dev.rowan.types.tables.records.BadgesRecord;
import dev.rowan.types.tables.records.GoalsRecord;
import dev.rowan.types.tables.records.LockersRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.RoundsRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import dev.rowan.types.tables.records.TrainingsRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A flush ends in the state that was described, in whatever order it was. */
class FlushOrderTest {

    @RegisterExtension
    static final SchemaDatabase SCHEMA = new SchemaDatabase("types/teams.sql");

    private final Database database = SCHEMA.database();
    private final TeamsRepository teams = new TeamsRepository(database);
    private final PlayersRepository players = new PlayersRepository(database);
    private final SkillsRepository skills = new SkillsRepository(database);
    private final RoundsRepository rounds = new RoundsRepository(database);

    private static PlayersRecord player(String name) {
        return new PlayersRecord().setName(name);
    }

    private static SkillsRecord skill(int code, String title, int place) {
        return new SkillsRecord().setCode(code).setTitle(title).setPlace((short) place);
    }

    private long statements(Session.Body<RuntimeException> body) {
        var before = new long[1];
        database.transaction(session -> {
            body.run(session);
            before[0] = database.statistics().statements();
        });
        return database.statistics().statements() - before[0] - 1; // without the COMMIT
    }

    // --- references -------------------------------------------------------------------------------------------------

    @Test
    void aRowThatRefersToTheNextOwnerOfADeletedKeyStays() {
        var goals = new GoalsRepository(database);
        teams.insertAll(List.of(new TeamsRecord().setCode("A"), new TeamsRecord().setCode("B")));
        rounds.insertAll(List.of(
                new RoundsRecord().setTeamCode("A").setNumber(1),
                new RoundsRecord().setTeamCode("B").setNumber(1)));
        var goal = goals.insert(new GoalsRecord().setTeamCode("A").setNumber(1));
        database.transaction(session -> {
            var inSession = rounds.in(session);
            var next = inSession.get(new RoundsKey("B", 1));
            GoalsRepository.ROUND.set(goals.in(session).get(goal.getId()), next);
            session.delete(inSession.get(new RoundsKey("A", 1)));
            next.setTeamCode("A");
        });
        assertEquals(1, goals.all().count());
        assertEquals("A", rounds.all().one().getTeamCode());
    }

    @Test
    void aRowThatTheDatabaseDeletesWithAnotherTakesNoValue() {
        var trainings = new TrainingsRepository(database);
        var ann = players.insert(player("ann"));
        var bob = players.insert(player("bob"));
        skills.insertAll(List.of(skill(1, "one", 1), skill(2, "two", 2)));
        for (var player : List.of(ann, bob)) {
            trainings.insert(t -> t.setPlayerId(player.getId()).setSkillCode(1).setHours(1));
        }
        database.transaction(session -> {
            var ofBob = trainings.in(session).get(new TrainingsKey(bob.getId(), 1));
            session.delete(skills.in(session).get(1));
            ofBob.setPlayerId(ann.getId());
            session.flush();
            assertThrows(IllegalArgumentException.class, () -> session.refresh(ofBob));
        });
        assertEquals(0, trainings.all().count());
        assertEquals(1, skills.all().count());
    }

    @Test
    void aDeleteAfterATieCounts() {
        var ann = players.insert(player("Ann"));
        var bob = players.insert(player("Bob"));
        database.transaction(session -> {
            session.add(ann);
            PlayersRepository.PLAYERS_BY_MENTOR.add(ann, bob);
            session.delete(bob);
        });
        assertFalse(players.where(PLAYERS.NAME.eq("Bob")).exists());
    }

    @Test
    void aTieAfterADeleteCounts() {
        var ann = players.insert(player("Ann"));
        var bob = players.insert(player("Bob"));
        database.transaction(session -> {
            session.add(ann);
            session.delete(bob);
            PlayersRepository.PLAYERS_BY_MENTOR.add(ann, bob);
        });
        assertEquals(ann.getId(), players.get(bob.getId()).getMentorId());
    }

    @Test
    void newRowsThatReferToEachOtherAreInsertedAndThenCompleted() {
        var statements = statements(session -> {
            var team = session.add(new TeamsRecord().setCode("red"));
            var ann = session.add(player("Ann"));
            TeamsRepository.CAPTAIN.set(team, ann);
            PlayersRepository.TEAM_CODE.set(ann, team);
        });
        var ann = players.where(PLAYERS.NAME.eq("Ann")).one();
        assertEquals("red", ann.getTeamCode());
        assertEquals(ann.getId(), teams.get("red").getCaptainId());
        assertEquals(3, statements);
    }

    @Test
    void manyRowsThatReferToEachOtherTakeAsManyStatementsAsTwo() {
        var statements = statements(session -> {
            for (int i = 0; i < 50; i++) {
                var team = session.add(new TeamsRecord().setCode("t" + i));
                var ann = session.add(player("Ann"));
                TeamsRepository.CAPTAIN.set(team, ann);
                PlayersRepository.TEAM_CODE.set(ann, team);
            }
        });
        assertEquals(3 + StatementCountTest.INCREMENT_QUERY, statements);
        assertEquals(50, teams.where(TEAMS.CAPTAIN_ID.isNotNull()).count());
    }

    @Test
    void rowsThatReferToEachOtherAreClearedAndThenDeleted() {
        var made = new ArrayList<Object>();
        database.transaction(session -> {
            var team = session.add(new TeamsRecord().setCode("blue"));
            var bob = session.add(player("Bob"));
            TeamsRepository.CAPTAIN.set(team, bob);
            PlayersRepository.TEAM_CODE.set(bob, team);
            made.add(team);
            made.add(bob);
        });
        database.transaction(session -> {
            session.delete((TeamsRecord) made.get(0));
            session.delete((PlayersRecord) made.get(1));
        });
        assertFalse(teams.exists("blue"));
        assertFalse(players.where(PLAYERS.NAME.eq("Bob")).exists());
    }

    @Test
    void aReferenceThatWasClearedIsGoneBeforeItsRowIsDeleted() {
        var cid = players.insert(player("Cid"));
        var dan = players.insert(player("Dan").setMentorId(cid.getId()));
        database.transaction(session -> {
            session.add(dan);
            PlayersRepository.MENTOR.clear(dan);
            session.delete(dan);
            session.delete(cid);
        });
        assertEquals(0, players.where(PLAYERS.NAME.in("Cid", "Dan")).count());
    }

    @Test
    void aNewRowMayReferToItself() {
        database.transaction(session -> {
            var eve = session.add(player("Eve"));
            PlayersRepository.MENTOR.set(eve, eve);
        });
        var eve = players.where(PLAYERS.NAME.eq("Eve")).one();
        assertEquals(eve.getId(), eve.getMentorId());
    }

    // --- unique values ----------------------------------------------------------------------------------------------

    @Test
    void aChainOfUniqueValuesMovesOnInAnyOrderByOneStatement() {
        var random = new Random(7);
        for (int round = 0; round < 20; round++) {
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < 10; i++) {
                ids.add(round * 100 + i + 1);
            }
            Collections.shuffle(ids, random);
            var base = round * 20;
            for (int i = 0; i < 10; i++) {
                skills.insert(skill(ids.get(i), "chain" + round + "-" + i, base + i));
            }
            var statements = statements(session -> {
                var rows = new ArrayList<>(skills.in(session).findAll(ids));
                Collections.shuffle(rows, random);
                rows.forEach(row -> row.setPlace((short) (row.getPlace() + 1)));
            });
            assertEquals(1, statements);
            for (int i = 0; i < 10; i++) {
                assertEquals(base + i + 1, (int) skills.get(ids.get(i)).getPlace());
            }
        }
    }

    @Test
    void aValueThatAnUpdateFreesIsTakenByANewRow() {
        var ann = players.insert(player("N1").setNick("free"));
        database.transaction(session -> {
            session.add(player("N2").setNick("FREE"));
            session.add(ann);
            ann.setNick("other");
        });
        assertEquals("N2", players.where(PLAYERS.NICK.eq("free")).one().getName());
    }

    @Test
    void rowsExchangeUniqueValuesThatMayBeNull() {
        var ann = players.insert(player("S1").setNick("s1"));
        var bob = players.insert(player("S2").setNick("s2"));
        database.transaction(session -> {
            session.add(ann);
            session.add(bob);
            ann.setNick("s2");
            bob.setNick("s1");
        });
        assertEquals("s2", players.get(ann.getId()).getNick());
        assertEquals("s1", players.get(bob.getId()).getNick());
    }

    @Test
    void rowsExchangeUniqueTextsThatMayNotBeNull() {
        var one = skills.insert(skill(9001, "one", 9001));
        var two = skills.insert(skill(9002, "two", 9002));
        database.transaction(session -> {
            session.add(one);
            session.add(two);
            one.setTitle("two");
            two.setTitle("one");
        });
        assertEquals("two", skills.get(9001).getTitle());
        assertEquals("one", skills.get(9002).getTitle());
        assertEquals("two", one.getTitle());
        database.transaction(session -> {
            session.add(one);
            one.setNote("the version is the row's");
        });
    }

    @Test
    void rowsExchangeUniqueValuesUnderAParentWhoseKeyChanges() {
        teams.insert(new TeamsRecord().setCode("under"));
        var ann = players.insert(player("Ann").setTeamCode("under").setShirt(1));
        var bob = players.insert(player("Bob").setTeamCode("under").setShirt(2));
        database.transaction(session -> {
            session.add(ann).setShirt(2);
            session.add(bob).setShirt(1);
            teams.in(session).get("under").setCode("over");
        });
        for (var player : players.all().list()) {
            assertEquals("over", player.getTeamCode());
        }
        assertEquals(2, players.get(ann.getId()).getShirt());
        assertEquals(1, players.get(bob.getId()).getShirt());
    }

    @Test
    void rowsExchangePrimaryKeys() {
        var one = skills.insert(skill(9011, "k1", 9011));
        var two = skills.insert(skill(9012, "k2", 9012));
        var ann = players.insert(player("K"));
        database.transaction(session ->
                PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(ann), List.of(one)));
        database.transaction(session -> {
            session.add(one);
            session.add(two);
            one.setCode(9012);
            two.setCode(9011);
        });
        assertEquals("k1", skills.get(9012).getTitle());
        assertEquals("k2", skills.get(9011).getTitle());
        assertEquals(
                List.of(9012),
                database.dsl()
                        .select(PLAYER_SKILLS.SKILL_CODE)
                        .from(PLAYER_SKILLS)
                        .where(PLAYER_SKILLS.PLAYER_ID.eq(ann.getId()))
                        .fetch(PLAYER_SKILLS.SKILL_CODE));
    }

    @Test
    void anExchangeThatNoColumnAllowsIsRefusedByNameBeforeAnythingIsWritten() {
        var one = skills.insert(skill(9021, "p1", 9021));
        var two = skills.insert(skill(9022, "p2", 9022));
        var error = assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    session.add(player("not written"));
                    session.add(one);
                    session.add(two);
                    one.setPlace((short) 9022);
                    two.setPlace((short) 9021);
                }));
        assertEquals(
                "Changes of skills wait for one another: update skills before update skills. No statement of this flush"
                        + " has run. Make one of the changes first, call flush(), and then make the others; or make a"
                        + " column of the keys nullable, or add ON UPDATE CASCADE to the foreign key.",
                error.getMessage());
        assertFalse(players.where(PLAYERS.NAME.eq("not written")).exists());
        assertEquals(9021, (int) skills.get(9021).getPlace());
    }

    @Test
    void aRowThatIsClearedForAnExchangeKeepsTheColumnsThatItDoesNotChange() {
        for (var code : List.of("ex1", "ex2")) {
            teams.insert(new TeamsRecord().setCode(code));
            rounds.insert(new RoundsRecord().setTeamCode(code).setNumber(7).setPlace("of " + code));
        }
        database.transaction(session -> {
            var rows = rounds.in(session).where(ROUNDS.NUMBER.eq(7)).list();
            rows.forEach(row -> row.setTeamCode(row.getTeamCode().equals("ex1") ? "ex2" : "ex1"));
        });
        assertEquals("of ex2", rounds.get(new RoundsKey("ex1", 7)).getPlace());
        assertEquals("of ex1", rounds.get(new RoundsKey("ex2", 7)).getPlace());
    }

    @Test
    void rowsExchangeTheirKeyAndAnotherUniqueValueAtOnce() {
        var one = skills.insert(skill(9041, "both1", 9041));
        var two = skills.insert(skill(9042, "both2", 9042));
        database.transaction(session -> {
            session.add(one);
            session.add(two);
            one.setCode(9042).setTitle("both2");
            two.setCode(9041).setTitle("both1");
        });
        assertEquals(9041, (int) skills.get(9042).getPlace());
        assertEquals("both2", skills.get(9042).getTitle());
    }

    @Test
    void anExchangeOfReferencesThatMayNotBeNullIsRefusedBeforeAnythingIsWritten() {
        var lockers = new LockersRepository(database);
        var ann = players.insert(player("X1"));
        var bob = players.insert(player("X2"));
        var one = lockers.insert(new LockersRecord().setPlayerId(ann.getId()));
        var two = lockers.insert(new LockersRecord().setPlayerId(bob.getId()));
        var statements = database.statistics().statements();
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    session.add(one);
                    session.add(two);
                    one.setPlayerId(bob.getId());
                    two.setPlayerId(ann.getId());
                }));
        assertEquals(2, database.statistics().statements() - statements, "the transaction's begin and end");
    }

    // --- row switches -----------------------------------------------------------------------------------------------

    @Test
    void aNewRowWithTheKeyOfADeletedOneReplacesItsRowAndCountsItsVersionOn() {
        var old = skills.insert(skill(9031, "old", 9031).setNote("mine"));
        var read = skills.get(9031);
        var added = skill(9031, "new", 9031);
        var statements = statements(session -> {
            session.delete(old);
            session.add(added);
        });
        assertEquals(1, statements);
        var row = skills.get(9031);
        assertEquals("new", row.getTitle());
        assertEquals("none", row.getNote(), "what the new record was not given is the default");
        assertEquals(1, row.getVersion());
        assertEquals(1, added.getVersion());
        assertThrows(StaleRecord.class, () -> skills.save(read.setNote("lost?")));
        skills.save(added.setNote("found"));
    }

    @Test
    void aNewRowThatGetsAnotherKeyThanItWasGivenReplacesNoRow() {
        var ann = players.insert(player("Ann"));
        skills.insert(skill(1, "run", 1));
        var trainings = new TrainingsRepository(database);
        var stored = trainings.insert(
                new TrainingsRecord().setPlayerId(ann.getId()).setSkillCode(1).setHours(1));
        database.transaction(session -> {
            session.delete(stored);
            var bob = session.add(player("Bob"));
            var training = new TrainingsRecord()
                    .setPlayerId(ann.getId())
                    .setSkillCode(1)
                    .setHours(2);
            PlayersRepository.TRAININGS.add(bob, training);
        });
        var training = trainings.all().one();
        assertEquals(players.where(PLAYERS.NAME.eq("Bob")).one().getId(), training.getPlayerId());
        assertEquals(2, training.getHours());
    }

    @Test
    void childrenAndLinksStayWithARowThatIsReplaced() {
        var team = teams.insert(new TeamsRecord().setCode("switch"));
        var ann = players.insert(player("W1").setTeamCode("switch"));
        database.transaction(session -> {
            session.delete(team);
            var next = session.add(new TeamsRecord().setCode("switch").setName("next"));
            var bob = session.add(player("W2"));
            PlayersRepository.TEAM_CODE.set(bob, next);
        });
        assertEquals(2, players.where(PLAYERS.TEAM_CODE.eq("switch")).count());
        assertEquals("next", teams.get("switch").getName());
        assertEquals("switch", players.get(ann.getId()).getTeamCode());
    }

    // --- changes of keys --------------------------------------------------------------------------------------------

    @Test
    void aChildIsAddedUnderTheNewKeyOfItsParentInEveryOrderOfReading() {
        for (var parentFirst : new boolean[] {true, false}) {
            var old = "old" + parentFirst;
            var now = "now" + parentFirst;
            teams.insert(new TeamsRecord().setCode(old));
            var ann = players.insert(player("C1").setTeamCode(old));
            database.transaction(session -> {
                TeamsRecord team;
                if (parentFirst) {
                    team = teams.in(session).get(old);
                    players.in(session).get(ann.getId()).setName("C1 changed");
                } else {
                    players.in(session).get(ann.getId()).setName("C1 changed");
                    team = teams.in(session).get(old);
                }
                team.setCode(now);
                TeamsRepository.PLAYERS_BY_TEAM_CODE.add(team, player("C2"));
            });
            assertEquals(2, players.where(PLAYERS.TEAM_CODE.eq(now)).count());
            assertEquals("C1 changed", players.get(ann.getId()).getName());
        }
    }

    @Test
    void aRowIsTiedToTheRecordThatReplacesItsParent() {
        var lockers = new LockersRepository(database);
        var ann = players.insert(player("Ann"));
        var locker = lockers.insert(new LockersRecord().setPlayerId(ann.getId()));
        database.transaction(session -> {
            session.delete(players.in(session).get(ann.getId()));
            var next = session.add(player("Next").setId(ann.getId()));
            PlayersRepository.LOCKERS.set(next, lockers.in(session).get(locker.getId()));
            assertEquals(
                    "1. replace players: 1 row\n2. update lockers player_id: 1 row\n",
                    session.plan().toString().replaceAll("players .*: 1", "players: 1"));
        });
        assertEquals("Next", players.get(ann.getId()).getName());
        assertEquals(ann.getId(), lockers.get(locker.getId()).getPlayerId());
    }

    @Test
    void aKeyThatIsPartOfTheKeyOfAChildIsCarriedAlong() {
        teams.insert(new TeamsRecord().setCode("carry"));
        rounds.insert(new RoundsRecord().setTeamCode("carry").setNumber(1).setPlace("here"));
        var goals = new GoalsRepository(database);
        var goal = goals.insert(new GoalsRecord().setTeamCode("carry").setNumber(1));
        database.transaction(session -> {
            var team = teams.in(session).get("carry");
            var round = rounds.in(session).where(ROUNDS.TEAM_CODE.eq("carry")).one();
            var own = goals.in(session).get(goal.getId());
            team.setCode("carried");
            round.setPlace("there");
            own.setMinute(90);
            session.flush();
            assertEquals("carried", round.getTeamCode());
            assertEquals("carried", own.getTeamCode());
            round.setPlace("everywhere");
            assertSame(round, rounds.in(session).get(new RoundsKey("carried", 1)));
        });
        assertEquals(
                "everywhere", rounds.where(ROUNDS.TEAM_CODE.eq("carried")).one().getPlace());
        assertEquals(90, goals.get(goal.getId()).getMinute());
    }

    @Test
    void aPartOfAReferenceThatIsGivenStaysWithTheRestWhenTheRowItLeftChangesItsKey() {
        teams.insertAll(List.of(new TeamsRecord().setCode("red"), new TeamsRecord().setCode("blue")));
        rounds.insertAll(List.of(
                new RoundsRecord().setTeamCode("red").setNumber(1),
                new RoundsRecord().setTeamCode("red").setNumber(2)));
        var goals = new GoalsRepository(database);
        var goal = goals.insert(new GoalsRecord().setTeamCode("red").setNumber(1));
        database.transaction(session -> {
            rounds.in(session).get(new RoundsKey("red", 1)).setTeamCode("blue");
            goals.in(session).get(goal.getId()).setNumber(2);
        });
        var moved = goals.get(goal.getId());
        assertEquals("red 2", moved.getTeamCode() + " " + moved.getNumber());
    }

    @Test
    void aTieLeadsToItsRowAlsoIfThatTakesTheKeyOfTheRowBefore() {
        teams.insert(new TeamsRecord().setCode("tie1"));
        teams.insert(new TeamsRecord().setCode("tie2").setName("second"));
        var ann = players.insert(player("T1").setTeamCode("tie1"));
        database.transaction(session -> {
            var first = teams.in(session).get("tie1");
            var second = teams.in(session).get("tie2");
            first.setCode("tie3");
            second.setCode("tie1");
            PlayersRepository.TEAM_CODE.set(session.add(ann), second);
        });
        assertEquals("tie1", players.get(ann.getId()).getTeamCode());
        assertEquals("tie1", ann.getTeamCode());
        assertEquals("second", teams.get("tie1").getName());
    }

    @Test
    void recordsFollowAKeyThroughRowsThatTheSessionHasNotRead() {
        teams.insert(new TeamsRecord().setCode("far"));
        rounds.insert(new RoundsRecord().setTeamCode("far").setNumber(1));
        var goals = new GoalsRepository(database);
        var id = goals.insert(new GoalsRecord().setTeamCode("far").setNumber(1)).getId();
        database.transaction(session -> {
            var goal = goals.in(session).get(id);
            teams.in(session).get("far").setCode("near");
            session.flush();
            assertEquals("near", goal.getTeamCode());
        });
    }

    @Test
    void aRowMovesToTheNextOwnerOfItsParentsKey() {
        teams.insert(new TeamsRecord().setCode("own1"));
        teams.insert(new TeamsRecord().setCode("own2").setName("next"));
        rounds.insert(new RoundsRecord().setTeamCode("own1").setNumber(1).setPlace("moves"));
        database.transaction(session -> {
            var round = rounds.in(session).get(new RoundsKey("own1", 1));
            var next = teams.in(session).get("own2");
            RoundsRepository.TEAM_CODE.set(round, next);
            next.setCode("own1");
            session.delete(teams.in(session).get("own1"));
        });
        assertEquals("next", teams.get("own1").getName());
        assertEquals("moves", rounds.get(new RoundsKey("own1", 1)).getPlace());
    }

    @Test
    void aNewRowUnderTheNextOwnerOfTheKeyOfItsDeletedParentStays() {
        var trainings = new TrainingsRepository(database);
        var ann = players.insert(player("Ann"));
        skills.insert(skill(61, "old", 61));
        skills.insert(skill(62, "next", 62));
        trainings.insert(
                new TrainingsRecord().setPlayerId(ann.getId()).setSkillCode(61).setHours(1));
        database.transaction(session -> {
            session.delete(trainings.in(session).get(new TrainingsKey(ann.getId(), 61)));
            session.delete(skills.in(session).get(61));
            skills.in(session).get(62).setCode(61);
            session.add(new TrainingsRecord()
                    .setPlayerId(ann.getId())
                    .setSkillCode(61)
                    .setHours(3));
        });
        assertEquals("next", skills.get(61).getTitle());
        assertEquals(3, trainings.get(new TrainingsKey(ann.getId(), 61)).getHours());
    }

    // --- what the database deletes and clears by itself -------------------------------------------------------------

    @Test
    void recordsFollowWhatTheDatabaseDeletesAndClears() {
        teams.insert(new TeamsRecord().setCode("gone"));
        var badges = new BadgesRepository(database);
        var lockers = new LockersRepository(database);
        var badge = badges.insert(new BadgesRecord().setOwnerCode("gone"));
        var ann = players.insert(player("L"));
        var locker = lockers.insert(new LockersRecord().setPlayerId(ann.getId()).setLabel("mine"));
        database.transaction(session -> {
            var ownBadge = badges.in(session).get(badge.getId());
            var ownLocker = lockers.in(session).get(locker.getId());
            session.delete(teams.in(session).get("gone"));
            session.delete(players.in(session).get(ann.getId()));
            ownLocker.setLabel("goes with its player");
            session.flush();
            assertNull(ownBadge.getOwnerCode());
            session.delete(ownBadge);
        });
        assertFalse(lockers.exists(locker.getId()));
        assertFalse(badges.exists(badge.getId()));
    }

    @Test
    void aRowThatRefersToItselfIsDeleted() {
        database.transaction(session -> {
            var eve = session.add(player("Self"));
            PlayersRepository.MENTOR.set(eve, eve);
            session.flush();
            session.delete(eve);
        });
        assertFalse(players.where(PLAYERS.NAME.eq("Self")).exists());
    }

    // --- links ------------------------------------------------------------------------------------------------------

    private List<Integer> linked(PlayersRecord player) {
        return database.dsl()
                .select(PLAYER_SKILLS.SKILL_CODE)
                .from(PLAYER_SKILLS)
                .where(PLAYER_SKILLS.PLAYER_ID.eq(player.getId()))
                .orderBy(PLAYER_SKILLS.SKILL_CODE)
                .fetch(PLAYER_SKILLS.SKILL_CODE);
    }

    @Test
    void theSameLinkSetFromBothSidesIsOneLink() {
        var made = new ArrayList<PlayersRecord>();
        var one = skills.insert(skill(9101, "link1", 9101));
        database.transaction(session -> {
            var ann = session.add(player("both sides"));
            made.add(ann);
            session.add(one);
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(one));
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, one, List.of(ann));
        });
        assertEquals(List.of(9101), linked(made.getFirst()));
    }

    @Test
    void theLastChangeOfALinkCountsOverBothSides() {
        var one = skills.insert(skill(9111, "last1", 9111));
        var two = skills.insert(skill(9112, "last2", 9112));
        var ann = players.insert(player("last"));
        database.transaction(session -> {
            session.add(ann);
            session.add(one);
            session.add(two);
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of());
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, two, List.of(ann));
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(one));
        });
        assertEquals(List.of(9111), linked(ann));
        database.transaction(session -> {
            session.add(ann);
            session.add(two);
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of());
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, two, List.of(ann));
        });
        assertEquals(List.of(9112), linked(ann));
    }

    @Test
    void aLinkToARecordThatTheSessionDeletesIsRefusedByName() {
        var one = skills.insert(skill(9121, "gone", 9121));
        var ann = players.insert(player("links to gone"));
        var error = assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    session.add(ann);
                    session.delete(one);
                    PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(one));
                }));
        assertEquals(
                "PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set links a record of skills that this session"
                        + " deletes. Leave it out of the rows, or do not delete it.",
                error.getMessage());
    }

    @Test
    void aLinkThatALaterCallTookBackMayLeadToADeletedRecord() {
        var one = skills.insert(skill(9141, "taken back", 9141));
        var two = skills.insert(skill(9142, "stays", 9142));
        var ann = players.insert(player("takes back"));
        database.transaction(session -> {
            session.add(ann);
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(one, two));
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(two));
            var dropped = session.add(skill(9143, "dropped", 9143));
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, ann, List.of(two, dropped));
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, dropped, List.of());
            session.delete(dropped);
            session.delete(one);
        });
        assertEquals(List.of(9142), linked(ann));
    }

    @Test
    void theLinksOfADeletedRecordAreThoseOfItsRowWhateverKeyItWasGiven() {
        var one = skills.insert(skill(9151, "goes", 9151));
        var two = skills.insert(skill(9152, "keeps its links", 9152));
        var ann = players.insert(player("key"));
        database.transaction(session ->
                PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(ann), List.of(one, two)));
        database.transaction(session -> {
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(one), List.of());
            session.add(two);
            session.delete(one);
            two.setCode(9151);
            one.setCode(9152);
        });
        assertEquals(List.of(9151), linked(ann));
    }

    @Test
    void aDeletedRecordThatIsReplacedLosesItsLinksWhateverKeyItWasGiven() {
        var one = skills.insert(skill(9161, "replaced", 9161));
        var ann = players.insert(player("loses"));
        database.transaction(session ->
                PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(ann), List.of(one)));
        database.transaction(session -> {
            session.delete(one.setCode(9162));
            session.add(skill(9161, "replaced", 9161));
            SkillsRepository.PLAYERS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, one, List.of());
        });
        assertEquals(List.of(), linked(ann));
    }

    @Test
    void linksMoveToTheRowThatTakesAUniqueValueOver() {
        var one = skills.insert(skill(9131, "moves", 9131));
        var ann = players.insert(player("mover"));
        database.transaction(session ->
                PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(ann), List.of(one)));
        database.transaction(session -> {
            session.delete(one);
            var next = session.add(skill(9132, "moves", 9131));
            PlayersRepository.SKILLS_BY_PLAYER_SKILLS_SKILL_CODE.set(session, session.add(ann), List.of(next));
        });
        assertEquals(List.of(9132), linked(ann));
        assertEquals(0, skills.where(SKILLS.CODE.eq(9131)).count());
    }
}
