package dev.rowan.internal.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.record.KeyedRecord;
import dev.rowan.types.repositories.PlayersRepository;
import dev.rowan.types.repositories.RoundsRepository;
import dev.rowan.types.repositories.TeamsRepository;
import dev.rowan.types.tables.records.BadgesRecord;
import dev.rowan.types.tables.records.LockersRecord;
import dev.rowan.types.tables.records.PlayersRecord;
import dev.rowan.types.tables.records.RoundsRecord;
import dev.rowan.types.tables.records.SkillsRecord;
import dev.rowan.types.tables.records.TeamsRecord;
import dev.rowan.types.tables.records.TrainingsRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plan of a flush, as a value: each test shows one kind of dependency, or one way to do without it. */
class FlushPlannerTest {

    private final List<KeyedRecord<?>> added = new ArrayList<>();
    private final List<KeyedRecord<?>> modified = new ArrayList<>();
    private final List<KeyedRecord<?>> deleted = new ArrayList<>();

    private <R extends KeyedRecord<R>> R added(R record) {
        added.add(record);
        return record;
    }

    /** Returns the record of a row that holds these values; the plan updates it. */
    private <R extends KeyedRecord<R>> R modified(R record) {
        record.touched(false);
        modified.add(record);
        return record;
    }

    /** Returns the record of a row that holds these values, and is deleted. */
    private <R extends KeyedRecord<R>> R deleted(R record) {
        record.touched(false);
        deleted.add(record);
        return record;
    }

    private void assertPlan(String... steps) {
        var numbered = new StringBuilder();
        for (int i = 0; i < steps.length; i++) {
            numbered.append(i + 1).append(". ").append(steps[i]).append('\n');
        }
        var plan = FlushPlanner.plan(added, modified, deleted, List.of());
        assertEquals(numbered.toString(), plan.toString());
    }

    private static TeamsRecord team(String code) {
        return new TeamsRecord().setCode(code);
    }

    private static PlayersRecord player(int id) {
        return new PlayersRecord().setId(id).setName("Ann");
    }

    private static TrainingsRecord training(int player, int skill) {
        return new TrainingsRecord().setPlayerId(player).setSkillCode(skill).setHours(1);
    }

    private static SkillsRecord skill(int code) {
        return new SkillsRecord()
                .setCode(code)
                .setTitle("title" + code)
                .setPlace((short) code)
                .setVersion(0);
    }

    // --- references -------------------------------------------------------------------------------------------------

    @Test
    void referencedRowsAreInsertedFirst() {
        var ann = added(new PlayersRecord().setName("Ann"));
        PlayersRepository.TEAM_CODE.set(ann, added(team("a")));
        assertPlan("insert teams: 1 row", "insert players: 1 row");
    }

    @Test
    void referencedRowsAreDeletedLast() {
        deleted(team("a"));
        deleted(player(1).setTeamCode("a"));
        assertPlan("delete players: 1 row", "delete teams: 1 row");
    }

    @Test
    void aReferenceIsMovedBeforeItsRowIsDeleted() {
        deleted(team("a"));
        modified(player(1).setTeamCode("a")).setTeamCode(null);
        assertPlan("update players team_code: 1 row", "delete teams: 1 row");
    }

    @Test
    void aRowThatTheDatabaseDeletesWithAnotherIsNotUpdated() {
        deleted(skill(1));
        modified(training(1, 1)).setHours(9);
        modified(training(2, 1)).setPlayerId(1);
        modified(training(3, 1)).setSkillCode(2);
        assertPlan("update trainings skill_code: 1 row", "delete skills: 1 row");
    }

    @Test
    void aNewRowIsInsertedUnderTheNewKeyOfItsParent() {
        var team = modified(team("a"));
        PlayersRepository.TEAM_CODE.set(added(new PlayersRecord().setName("Ann")), team);
        team.setCode("b");
        assertPlan("update teams code: 1 row", "insert players: 1 row");
    }

    @Test
    void rowsOfOneTableThatReferToOneAnotherAreInsertedByLevels() {
        var ann = added(new PlayersRecord().setName("Ann"));
        PlayersRepository.MENTOR.set(added(new PlayersRecord().setName("Bob")), ann);
        PlayersRepository.MENTOR.set(added(new PlayersRecord().setName("Cid")), ann);
        assertPlan("insert players: 1 row", "insert players: 2 rows");
    }

    @Test
    void newRowsThatReferToEachOtherAreCompletedAfterwards() {
        var team = added(team("a"));
        var ann = added(new PlayersRecord().setName("Ann"));
        TeamsRepository.CAPTAIN.set(team, ann);
        PlayersRepository.TEAM_CODE.set(ann, team);
        assertPlan("insert teams without captain_id: 1 row", "insert players: 1 row", "update teams captain_id: 1 row");
    }

    @Test
    void rowsThatReferToEachOtherAreClearedBeforeTheyAreDeleted() {
        deleted(team("a").setCaptainId(1));
        deleted(player(1).setTeamCode("a"));
        assertPlan("clear teams captain_id: 1 row", "delete players: 1 row", "delete teams: 1 row");
    }

    @Test
    void aRowThatRefersToItselfIsClearedBeforeItIsDeleted() {
        deleted(player(1).setMentorId(1));
        assertPlan("clear players mentor_id: 1 row", "delete players: 1 row");
    }

    @Test
    void aRowThatTheDatabaseClearsIsDeletedInAnyOrder() {
        deleted(team("a"));
        deleted(new BadgesRecord().setId(1).setOwnerCode("a"));
        assertPlan("delete badges: 1 row", "delete teams: 1 row");
    }

    // --- unique values ----------------------------------------------------------------------------------------------

    @Test
    void aValueIsFreedBeforeItIsTaken() {
        modified(player(1).setNick("x")).setNick("y");
        added(new PlayersRecord().setName("Bob").setNick("X"));
        assertPlan("update players nick: 1 row", "insert players: 1 row");
    }

    @Test
    void aChainOfValuesIsOneUpdate() {
        modified(player(1).setNick("x")).setNick("y");
        modified(player(2).setNick("y")).setNick("z");
        assertPlan("update players nick: 2 rows");
    }

    @Test
    void anExchangeOfValuesClearsOneOfThem() {
        modified(player(1).setNick("x")).setNick("y");
        modified(player(2).setNick("y")).setNick("x");
        assertPlan("clear players nick: 1 row", "update players nick: 2 rows");
    }

    @Test
    void anExchangeOfValuesThatMayNotBeNullTakesAPlaceholder() {
        modified(skill(1)).setTitle("title2");
        modified(skill(2)).setTitle("title1");
        assertPlan("clear skills title: 1 row", "update skills title: 2 rows");
    }

    @Test
    void anExchangeOfTwoKeysAtOnceClearsBothByOneStatement() {
        modified(skill(1)).setCode(2).setTitle("title2");
        modified(skill(2)).setCode(1).setTitle("title1");
        assertPlan("clear skills code, title: 1 row", "update skills code, title: 2 rows");
    }

    @Test
    void anExchangeTakesItsPlaceholderInAColumnThatReferencesNothing() {
        modified(new RoundsRecord().setTeamCode("a").setNumber(1)).setTeamCode("b");
        modified(new RoundsRecord().setTeamCode("b").setNumber(1)).setTeamCode("a");
        assertPlan(
                "clear rounds number: 1 row",
                "update rounds team_code: 1 row",
                "update rounds number, team_code: 1 row");
    }

    @Test
    void anExchangeOfReferencesThatMayNotBeNullIsRefused() {
        modified(new LockersRecord().setId(1).setPlayerId(1)).setPlayerId(2);
        modified(new LockersRecord().setId(2).setPlayerId(2)).setPlayerId(1);
        assertThrows(IllegalStateException.class, () -> assertPlan());
    }

    // --- row switches -----------------------------------------------------------------------------------------------

    @Test
    void aNewRowWithTheKeyOfADeletedOneReplacesItsRow() {
        deleted(skill(1).setNote("old"));
        added(new SkillsRecord().setCode(1).setTitle("new").setPlace((short) 1));
        assertPlan("replace skills note, place, title: 1 row");
    }

    @Test
    void aNewRowUnderAnotherRowThatTakesTheKeyOfItsParentIsAnotherRow() {
        deleted(new RoundsRecord().setTeamCode("a").setNumber(1));
        added(new RoundsRecord().setTeamCode("a").setNumber(1));
        modified(team("a")).setCode("b");
        modified(team("c")).setCode("a");
        assertPlan("delete rounds: 1 row", "update teams code: 2 rows", "insert rounds: 1 row");
    }

    @Test
    void aNewRowUnderTheNextOwnerOfTheKeyOfItsDeletedParentIsAnotherRow() {
        deleted(skill(2));
        modified(skill(3)).setCode(2);
        deleted(new TrainingsRecord().setPlayerId(1).setSkillCode(2).setHours(1));
        added(new TrainingsRecord().setPlayerId(1).setSkillCode(2).setHours(3));
        assertPlan(
                "delete trainings: 1 row",
                "delete skills: 1 row",
                "update skills code: 1 row",
                "insert trainings: 1 row");
    }

    @Test
    void aRowThatFollowsAKeyIsNotClearedOfItToFreeAUniqueValue() {
        modified(team("a")).setCode("b");
        modified(player(1).setTeamCode("a").setShirt(1)).setShirt(2);
        modified(player(2).setTeamCode("a").setShirt(2)).setShirt(1);
        assertPlan("clear players shirt: 1 row", "update teams code: 1 row", "update players shirt: 2 rows");
    }

    @Test
    void aRowMovesToTheNextOwnerOfItsParentsKeyBeforeTheParentIsDeleted() {
        var next = modified(team("c"));
        deleted(team("b"));
        var round = modified(new RoundsRecord().setTeamCode("b").setNumber(1));
        RoundsRepository.TEAM_CODE.set(round, next);
        next.setCode("b");
        assertPlan(
                "clear teams code: 1 row",
                "update teams code: 1 row",
                "update rounds team_code: 1 row",
                "delete teams: 1 row");
    }

    @Test
    void nothingToWriteIsAnEmptyPlan() {
        assertPlan();
    }
}
