package dev.rowan.merging;

import static dev.rowan.testing.WaitingCallers.runTogether;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.Merging;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.NotFound;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.query.TextKeyTest;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import dev.rowan.testing.StatementCountTest;
import dev.rowan.testing.WaitingCallers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jooq.ExecuteListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Concurrent lookups by key share one statement. */
@Timeout(180)
class MergedReadsTest extends StatementCountTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int CALLERS = 9;
    private static final int ONE_ALONE_AND_THE_OTHERS = 2;

    private final Database database = Database.open(WaitingCallers.options(SHOP.options(), Merging.READS));
    private final UsersRepository users = new UsersRepository(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Test
    void concurrentCallersShareAStatementAndEachGetsItsOwnRow() {
        var ids = ids(CALLERS);
        var found = new ArrayList<Future<UsersRecord>>();

        var statements =
                countStatements(() -> found.addAll(runTogether(database, CALLERS, i -> users.get(ids.get(i)))));

        assertEquals(BEGIN_AND_END + ONE_ALONE_AND_THE_OTHERS, statements);
        for (int i = 0; i < CALLERS; i++) {
            assertEquals("user " + i, found.get(i).resultNow().getName());
        }
    }

    @Test
    void aMergedStatementIsLoggedAndCountedOnce() {
        var ids = ids(4);
        var before = database.statistics().rowsRead();

        var log = LogOutput.of(() -> runTogether(database, 4, i -> users.get(ids.get(i))));

        assertTrue(log.contains(" in (?, ?, ?, ?) ["), log); // the last key is repeated up to a power of two
        assertTrue(log.contains(" ms, 3 rows read]"), log);
        assertEquals(4, database.statistics().rowsRead() - before);
    }

    @Test
    void callersOfTheSameKeyGetARecordEach() {
        var id = ids(1).getFirst();

        var found = runTogether(database, CALLERS, i -> users.get(id));

        for (int i = 1; i < CALLERS; i++) {
            assertNotSame(found.get(i - 1).resultNow(), found.get(i).resultNow());
            assertEquals(id, found.get(i).resultNow().getId());
        }
    }

    @Test
    void aMissingRowAffectsOnlyItsOwnCaller() {
        var id = ids(1).getFirst();

        var found = runTogether(database, CALLERS, i -> i == 4 ? users.get(-1) : users.find(i == 5 ? -2 : id));

        for (int i = 0; i < CALLERS; i++) {
            if (i == 4) {
                assertInstanceOf(NotFound.class, found.get(i).exceptionNow());
            } else {
                assertEquals(i != 5, ((Optional<?>) found.get(i).resultNow()).isPresent());
            }
        }
    }

    @Test
    void textKeysAreNotMerged() {
        SHOP.database().dsl().execute("create table countries (code varchar(10) primary key, name varchar(50))");
        try {
            SHOP.database().dsl().execute("insert into countries values ('fr', 'France')");
            var countries = new TextKeyTest.CountriesRepository(database);
            var statements = countStatements(() -> assertEquals(
                    "fr",
                    runTogether(database, CALLERS, i -> countries.get("FR"))
                            .getLast()
                            .resultNow()
                            .getCode()));
            assertEquals(BEGIN_AND_END + CALLERS, statements);
        } finally {
            SHOP.database().dsl().execute("drop table countries");
        }
    }

    @Test
    void nothingIsMergedWithoutTheOption() {
        var ids = ids(CALLERS);
        try (var apart = Database.open(WaitingCallers.options(SHOP.options(), Merging.NONE))) {
            runTogether(apart, CALLERS, i -> new UsersRepository(apart).get(ids.get(i)));
            assertEquals(BEGIN_AND_END + CALLERS, apart.statistics().statements());
        }
    }

    @Test
    void nothingIsMergedIfThereIsAnExecuteListener() {
        var ids = ids(CALLERS);
        var options = WaitingCallers.options(SHOP.options(), Merging.ALL)
                .withConfiguration(c -> c.deriveAppending(new ExecuteListener() {}));
        try (var heard = Database.open(options)) {
            runTogether(heard, CALLERS, i -> new UsersRepository(heard).get(ids.get(i)));
            assertEquals(BEGIN_AND_END + CALLERS, heard.statistics().statements());
        }
    }

    @Test
    void readsOfASessionAreNotMerged() {
        var ids = ids(3);
        assertStatements(3, session -> {
            for (var id : ids) {
                users.in(session).get(id);
            }
        });
    }

    @Test
    void anInterruptedCallerLeavesTheQueueAlone() {
        var ids = ids(CALLERS);
        var interrupted = new AtomicReference<Thread>();
        var gone = new CountDownLatch(1);

        var found = runTogether(
                database,
                CALLERS,
                i -> {
                    if (i == 4) {
                        interrupted.set(Thread.currentThread());
                    }
                    try {
                        return users.get(ids.get(i));
                    } finally {
                        if (i == 4) {
                            gone.countDown();
                        }
                    }
                },
                () -> {
                    Objects.requireNonNull(interrupted.get()).interrupt();
                    WaitingCallers.await(gone); // while the connection is still in use
                });

        assertEquals(Kind.INTERRUPTED, ((TransientFailure) found.get(4).exceptionNow()).kind());
        assertEquals(1, WaitingCallers.failures(found).size());
    }

    @Test
    void anInterruptedLeaderHandsOver() {
        var ids = ids(CALLERS);
        var first = new AtomicReference<Thread>();

        var found = runTogether(
                database,
                CALLERS,
                i -> {
                    if (i == 0) {
                        first.set(Thread.currentThread());
                    }
                    return users.get(ids.get(i));
                },
                () -> Objects.requireNonNull(first.get()).interrupt());

        assertEquals(Kind.INTERRUPTED, ((TransientFailure) found.getFirst().exceptionNow()).kind());
        assertEquals(1, WaitingCallers.failures(found).size());
    }

    @Test
    void aCallerThatWaitsTooLongIsToldThatThePoolIsExhausted() {
        var options = WaitingCallers.options(SHOP.options(), Merging.READS).withPoolTimeout(Duration.ofSeconds(2));
        try (var impatient = Database.open(options)) {
            var ended = new CountDownLatch(CALLERS);
            var calls = new ArrayList<Future<Object>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                impatient.transaction(session -> {
                    for (int i = 0; i < CALLERS; i++) {
                        calls.add(threads.submit(() -> {
                            try {
                                return new UsersRepository(impatient).find(1);
                            } finally {
                                ended.countDown();
                            }
                        }));
                    }
                    WaitingCallers.await(ended);
                });
            }
            for (var call : calls) { // closed, the executor has waited for the end of each
                assertEquals(Kind.POOL_EXHAUSTED, ((TransientFailure) call.exceptionNow()).kind());
            }
        }
    }

    @Test
    void closingTheDatabaseReleasesWaitingCallers() {
        var calls = new ArrayList<Future<Object>>();
        try {
            calls.addAll(runTogether(database, CALLERS, i -> users.find(1), database::close));
        } catch (DatabaseException | IllegalStateException e) {
            // the connection of the transaction was closed; runTogether() has waited for the callers
        }
        assertEquals(0, database.statistics().connectionsInUse());
        assertEquals(0, database.statistics().callersWaiting());
        assertTrue(calls.stream().allMatch(Future::isDone));
    }

    @Test
    void eachReadSeesWhatWasCommittedBefore() {
        var ids = ids(32);
        try (var other = Database.open(SHOP.options().withPoolSize(4))) {
            var readers = new UsersRepository(other);
            var failures = WaitingCallers.runInThreads(32, i -> {
                for (int age = 1; age <= 40; age++) {
                    var now = age;
                    SHOP.users().update(ids.get(i), u -> u.setAge(now));
                    assertEquals(now, readers.get(ids.get(i)).getAge());
                }
                return i;
            });
            assertEquals(List.of(), failures);
        }
    }

    @Test
    void interruptsUnderLoadDoNotAffectOtherCallers() {
        var ids = ids(16);
        var victims = new ConcurrentLinkedQueue<Thread>();
        try (var other = Database.open(SHOP.options().withPoolSize(2))) {
            var readers = new UsersRepository(other);
            var failures = WaitingCallers.runInThreads(33, i -> {
                if (i == 32) {
                    interruptAll(victims);
                } else if (i % 4 == 0) {
                    victims.add(Thread.currentThread());
                }
                for (int n = 0; n < 40 && i < 32; n++) {
                    try {
                        assertEquals(
                                ids.get((i + n) % 16),
                                readers.get(ids.get((i + n) % 16)).getId());
                    } catch (DatabaseException e) {
                        if (i % 4 != 0) {
                            throw e;
                        }
                        Thread.interrupted();
                    }
                }
                return i;
            });
            assertEquals(List.of(), failures);
        }
    }

    private static void interruptAll(ConcurrentLinkedQueue<Thread> victims) {
        for (int n = 0; n < 200; n++) {
            for (var victim : victims) {
                victim.interrupt();
            }
            LockSupport.parkNanos(50_000);
        }
    }

    private static List<Integer> ids(int rows) {
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < rows; i++) {
            ids.add(SHOP.user("user " + i, i).getId());
        }
        return ids;
    }
}
