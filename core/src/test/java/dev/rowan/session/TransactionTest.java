package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final dev.rowan.shop.repositories.UsersRepository users = SHOP.users();

    @Test
    void theWritesOfTheBodyAreCommittedWhenItReturns() {
        var id = database.transactionResult(session -> {
            var ann = users.in(session).insert(u -> u.setName("Ann"));
            users.in(session).update(ann.getId(), u -> u.setAge(31));
            return ann.getId();
        });

        assertEquals(31, users.get(id).getAge());
    }

    @Test
    void nothingIsVisibleOutsideBeforeTheCommit() {
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            assertEquals(1, users.in(session).all().count());
            assertEquals(0, users.all().count());
        });
        assertEquals(1, users.all().count());
    }

    @Test
    void anExceptionOfTheBodyRollsBackAndReachesTheCallerUnchanged() {
        var failure = new IOException("no space left on the moon");

        var thrown = assertThrows(
                IOException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    throw failure;
                }));
        assertSame(failure, thrown);
        assertEquals(0, users.all().count());
    }

    @Test
    void aRejectedStatementLeavesTheTransactionOpen() {
        users.insert(u -> u.setEmail("ann@example.org"));

        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Bob"));
            assertThrows(UniqueViolation.class, () -> users.in(session).insert(u -> u.setEmail("ann@example.org")));
            users.in(session).insert(u -> u.setName("Cid"));
        });
        assertEquals(3, users.all().count());
    }

    @Test
    void statementsOfJooqArePartOfTheTransaction() {
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    session.dsl().insertInto(USERS, USERS.NAME).values("Ann").execute();
                    assertEquals(1, session.dsl().fetchCount(USERS));
                    throw new IllegalStateException();
                }));
        assertEquals(0, database.dsl().fetchCount(USERS));
    }

    @Test
    void aTransactionOfJooqIsASavepoint() {
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            session.dsl()
                    .transaction(inner -> inner.dsl()
                            .insertInto(USERS, USERS.NAME)
                            .values("Bob")
                            .execute());
            assertThrows(
                    IllegalStateException.class,
                    () -> session.dsl().transaction(inner -> {
                        inner.dsl().insertInto(USERS, USERS.NAME).values("Cid").execute();
                        throw new IllegalStateException();
                    }));
            assertEquals(2, users.in(session).all().count());
            assertEquals(0, users.all().count());
        });
        assertEquals(2, users.all().count());
    }

    @Test
    void aSessionEndsWithItsBody() {
        var kept = database.transactionResult(session -> session);

        assertThrows(IllegalStateException.class, () -> users.in(kept).all().count());
        assertThrows(IllegalStateException.class, kept::dsl);
    }

    @Test
    void findAllOfManyKeysInASessionIsPartOfIt() {
        database.transaction(session -> {
            var ann = users.in(session).insert(u -> u.setName("Ann"));
            var keys = new java.util.ArrayList<Integer>();
            for (int i = 1; i <= 2_000; i++) {
                keys.add(-i);
            }
            keys.add(ann.getId());
            assertEquals(1, users.in(session).findAll(keys).size());
        });
    }

    @Test
    void twoTransactionsThatDeadlockBothCommit() throws Exception {
        var ann = SHOP.user("Ann", 1);
        var bob = SHOP.user("Bob", 1);
        var before = database.statistics().retries();
        var bothHold = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var there = threads.submit(() -> ageBoth(ann.getId(), bob.getId(), bothHold));
            var back = threads.submit(() -> ageBoth(bob.getId(), ann.getId(), bothHold));
            there.get();
            back.get();
        }
        assertEquals(3, users.get(ann.getId()).getAge());
        assertEquals(3, users.get(bob.getId()).getAge());
        assertTrue(database.statistics().retries() > before);
    }

    private Void ageBoth(int first, int second, CountDownLatch bothHold) throws InterruptedException {
        database.transaction(session -> {
            users.in(session).update(first, u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
            bothHold.countDown();
            bothHold.await();
            users.in(session).update(second, u -> u.set(USERS.AGE, USERS.AGE.plus(1)));
        });
        return null;
    }

    @Test
    void aConnectionLostInTheBodyIsTransientAndNothingIsWritten() {
        var options = TransactionOptions.standard().withRetry(RetryPolicy.never());
        var failure = assertThrows(
                TransientFailure.class,
                () -> database.transaction(options, session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    kill(session);
                    users.in(session).insert(u -> u.setName("Bob"));
                }));
        assertEquals(Kind.CONNECTION_LOST, failure.kind());
        assertEquals(0, users.all().count());
    }

    @Test
    void aConnectionLostInTheBodyIsRetried() {
        var runs = new AtomicInteger();
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Ann"));
            if (runs.incrementAndGet() == 1) {
                kill(session);
            }
            users.in(session).insert(u -> u.setName("Bob"));
        });
        assertEquals(2, runs.get());
        assertEquals(2, users.all().count());
    }

    @Test
    void aConnectionLostAtTheCommitIsAnUnknownOutcome() {
        assertThrows(
                CommitOutcomeUnknown.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("Ann"));
                    kill(session);
                }));
    }

    private void kill(Session session) {
        var id = session.dsl().fetchValue("select connection_id()");
        database.dsl().execute("kill " + id);
    }
}
