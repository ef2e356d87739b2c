package dev.rowan.merging;

import static dev.rowan.shop.Tables.USERS;
import static dev.rowan.testing.WaitingCallers.runTogether;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.Merging;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.NetworkProxy;
import dev.rowan.testing.NetworkProxy.Fault;
import dev.rowan.testing.NullableTable;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.testing.WaitingCallers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Concurrent single writes share one statement if the options ask for it. */
@Timeout(180)
class MergedWritesTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int CALLERS = 9;
    private static final int ONE_ALONE = 1;

    private final Database database = Database.open(WaitingCallers.options(SHOP.options(), Merging.WRITES));
    private final UsersRepository users = new UsersRepository(database);

    @BeforeEach
    void insertFirst() {
        insertFirst(users);
    }

    @AfterEach
    void close() {
        assertEquals(0, database.statistics().connectionsInUse());
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Test
    void concurrentInsertsAreOneStatementAndEachGetsItsOwnKey() {
        var inserted = new ArrayList<Future<UsersRecord>>();

        var statements =
                countStatements(() -> inserted.addAll(runTogether(database, CALLERS, i -> insert("user " + i))));

        var stepAndInsert = 2;
        assertEquals(BEGIN_AND_END + ONE_ALONE + stepAndInsert, statements);
        for (var one : inserted) {
            assertEquals(
                    one.resultNow().getName(),
                    SHOP.users().get(one.resultNow().getId()).getName());
        }
    }

    @Test
    void theStorageEngineIsQueriedOnceWhileOtherCallsAreNotMerged() {
        try (var fresh = Database.open(WaitingCallers.options(SHOP.options(), Merging.WRITES))) {
            var before = fresh.statistics().statements();
            runTogether(fresh, CALLERS, i -> new UsersRepository(fresh).insert(u -> u.setName("user " + i)));
            var question = 1;
            assertEquals(question + BEGIN_AND_END + CALLERS, fresh.statistics().statements() - before);
        }
    }

    @Test
    void idsFollowAutoIncrementIncrement() {
        var options = SHOP.optionsWith("sessionVariables=auto_increment_increment=7,auto_increment_offset=3");
        try (var far = Database.open(WaitingCallers.options(options, Merging.WRITES))) {
            insertFirst(new UsersRepository(far));
            var inserted = runTogether(far, CALLERS, i -> new UsersRepository(far).insert(u -> u.setName("user " + i)));
            for (var one : inserted) {
                assertEquals(
                        one.resultNow().getName(),
                        SHOP.users().get(one.resultNow().getId()).getName());
            }
        }
    }

    @Test
    void assignedKeysAreKept() {
        SHOP.users().insert(u -> u.setId(5_000)); // generated keys are larger

        var inserted = runTogether(
                database,
                CALLERS,
                i -> users.insert(u -> u.setId(i % 2 == 0 ? 1_000 + i : null).setName("user " + i)));
        for (int i = 0; i < CALLERS; i++) {
            if (i % 2 == 0) {
                assertEquals(1_000 + i, inserted.get(i).resultNow().getId());
            }
            assertEquals(
                    "user " + i,
                    SHOP.users().get(inserted.get(i).resultNow().getId()).getName());
        }
    }

    @Test
    void aBadRowFailsOnlyItsOwnCaller() {
        SHOP.users().insert(u -> u.setEmail("taken@example.org"));

        var inserted = runTogether(
                database,
                CALLERS,
                i -> users.insert(
                        u -> u.setName("user " + i).setEmail((i == 5 ? "TAKEN" : "user" + i) + "@example.org")));

        var failure = assertInstanceOf(UniqueViolation.class, inserted.get(5).exceptionNow());
        assertEquals(dev.rowan.shop.Keys.KEY_USERS_UK_USERS_EMAIL, failure.key());
        assertEquals(1, WaitingCallers.failures(inserted).size());
        assertEquals(CALLERS, SHOP.users().all().count());
    }

    @Test
    void badRowsUnderLoadFailOnlyTheirOwnCallers() {
        SHOP.users().insert(u -> u.setEmail("taken@example.org"));
        try (var busy = Database.open(SHOP.options().withPoolSize(2).withMerging(Merging.ALL))) {
            var inserts = new UsersRepository(busy);
            insertFirst(inserts);
            var failures = WaitingCallers.runInThreads(32, i -> {
                for (int n = 0; n < 20; n++) {
                    var name = i + "-" + n;
                    var isBad = (i + n) % 8 == 0;
                    try {
                        var one = inserts.insert(
                                u -> u.setName(name).setEmail((isBad ? "taken" : name) + "@example.org"));
                        assertEquals(name, inserts.get(one.getId()).getName());
                        assertTrue(!isBad);
                    } catch (UniqueViolation e) {
                        assertTrue(isBad);
                    }
                }
                return i;
            });
            assertEquals(List.of(), failures);
            assertEquals(1 + 32 * 20 * 7 / 8, SHOP.users().all().count());
        }
    }

    @Test
    void concurrentUpdatesAreOneTransactionAndEachReportsItsOwnRow() {
        var ids = ids(CALLERS);
        var missing = CALLERS - 1;
        var updated = new ArrayList<Future<Boolean>>();

        var statements = countStatements(() -> updated.addAll(runTogether(
                database, CALLERS, i -> users.update(i == missing ? -1 : ids.get(i), u -> u.setAge(20 + i)))));

        var lockAndUpdate = 2;
        var theMissing = 1;
        assertEquals(BEGIN_AND_END + ONE_ALONE + BEGIN_AND_END + lockAndUpdate + theMissing, statements);
        for (int i = 0; i < CALLERS; i++) {
            assertEquals(i != missing, updated.get(i).resultNow());
            if (i == missing) {
                continue;
            }
            var row = SHOP.users().get(ids.get(i));
            assertEquals(20 + i, row.getAge());
            assertEquals(1, row.getVersion());
        }
    }

    @Test
    void concurrentUpdatesOfTheSameRowAllTakeEffect() {
        var id = ids(1).getFirst();

        var updated = runTogether(database, CALLERS, i -> users.update(id, u -> u.setAge(20 + i)));

        for (var one : updated) {
            assertTrue(one.resultNow());
        }
        assertEquals(CALLERS, SHOP.users().get(id).getVersion());
    }

    @Test
    void concurrentDeletesReportToEachCallerItsOwnRow() {
        var ids = ids(CALLERS);

        var deleted =
                runTogether(database, CALLERS, i -> users.delete(i < 2 ? ids.getFirst() : i == 2 ? -1 : ids.get(i)));

        assertEquals(
                1, IntStream.range(0, 2).filter(i -> deleted.get(i).resultNow()).count());
        for (int i = 2; i < CALLERS; i++) {
            assertEquals(i != 2, deleted.get(i).resultNow());
        }
        assertEquals(2, SHOP.users().all().count());
    }

    @Test
    void noUpdateWaitsForALockOnAnotherCallersRow() {
        var ids = ids(CALLERS);
        var others = new CountDownLatch(CALLERS - 1);
        try (var busy = Database.open(SHOP.options().withPoolSize(4).withMerging(Merging.WRITES))) {
            var updates = new UsersRepository(busy);
            insertFirst(updates);
            var failures = WaitingCallers.runInThreads(CALLERS + 1, i -> {
                if (i == CALLERS) {
                    SHOP.database().transaction(session -> {
                        SHOP.users().in(session).update(ids.get(4), u -> u.setAge(50));
                        WaitingCallers.await(others);
                    });
                    return i;
                }
                for (int n = 0; n < 20; n++) {
                    var age = n;
                    if (i != 4) {
                        assertTrue(updates.update(ids.get(i), u -> u.setAge(age)));
                    }
                }
                if (i == 4) {
                    assertTrue(updates.update(ids.get(4), u -> u.setAge(60)));
                } else {
                    others.countDown();
                }
                return i;
            });
            assertEquals(List.of(), failures);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine=MyISAM", "trigger"})
    void writesThatCannotBeRolledBackAreNotMerged(String table) {
        var facts = new NullableTable();
        var dsl = SHOP.database().dsl();
        dsl.execute("create table facts (id int primary key, whole int)" + (table.equals("trigger") ? "" : table));
        try {
            if (table.equals("trigger")) {
                dsl.execute("create trigger t before insert on facts for each row set new.whole = new.whole + 1");
            }
            var repository = new NullableTable.Repo(database, facts);
            repository.insert(f -> f.set(facts.id, -1));
            var statements = countStatements(() ->
                    runTogether(database, CALLERS, i -> repository.insert(f -> f.set(facts.id, i))));
            assertEquals(BEGIN_AND_END + CALLERS, statements);
        } finally {
            dsl.execute("drop table facts");
        }
    }

    @Test
    void eachCallerOfAMergedWriteWithoutAnAnswerGetsAnUnknownOutcome() throws Exception {
        try (var proxy = new NetworkProxy(SHOP.options())) {
            try (var cut = Database.open(WaitingCallers.options(proxy.options(), Merging.WRITES))) {
                insertFirst(new UsersRepository(cut));
                proxy.failAt(
                        packet -> NetworkProxy.EXECUTE.test(packet) && packet.split("user ", -1).length > 2,
                        Fault.CUT_BEFORE_RESPONSE);
                var inserted =
                        runTogether(cut, CALLERS, i -> new UsersRepository(cut).insert(u -> u.setName("user " + i)));

                assertTrue(proxy.hasFailed());
                var failures = WaitingCallers.failures(inserted);
                assertEquals(CALLERS - 1, new HashSet<>(failures).size());
                for (var failure : failures) {
                    assertInstanceOf(CommitOutcomeUnknown.class, failure);
                }
                assertEquals(
                        CALLERS,
                        SHOP.users().where(USERS.NAME.startsWith("user ")).count());
            }
        }
    }

    @Test
    void interruptsUnderLoadDoNotAffectOtherCallers() {
        var victims = new ConcurrentLinkedQueue<Thread>();
        var done = new CountDownLatch(24);
        try (var busy = Database.open(SHOP.options().withPoolSize(2).withMerging(Merging.ALL))) {
            var inserts = new UsersRepository(busy);
            insertFirst(inserts);
            var failures = WaitingCallers.runInThreads(33, i -> {
                if (i % 4 == 0 && i < 32) {
                    victims.add(Thread.currentThread());
                }
                while (i == 32 && done.getCount() > 0) {
                    for (var victim : victims) {
                        victim.interrupt();
                    }
                    LockSupport.parkNanos(50_000);
                }
                for (int n = 0; n < 20 && i < 32; n++) {
                    var name = i + "-" + n;
                    try {
                        inserts.insert(u -> u.setName(name));
                    } catch (DatabaseException e) {
                        if (i % 4 != 0) {
                            throw e;
                        }
                        Thread.interrupted();
                    }
                }
                if (i % 4 != 0) {
                    done.countDown();
                }
                return i;
            });
            assertEquals(List.of(), failures);
            for (int i = 1; i < 32; i++) {
                if (i % 4 != 0) {
                    assertEquals(
                            20,
                            SHOP.users().where(USERS.NAME.startsWith(i + "-")).count());
                }
            }
        }
    }

    /** The first write to a table is not merged. */
    private static void insertFirst(UsersRepository users) {
        users.delete(-1);
    }

    private UsersRecord insert(String name) {
        return users.insert(u -> u.setName(name));
    }

    private static List<Integer> ids(int rows) {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < rows; i++) {
            ids.add(SHOP.user("user " + i, i).getId());
        }
        return ids;
    }
}
