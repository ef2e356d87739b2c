package dev.rowan.query;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LockTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();

    @BeforeEach
    void twelveUsers() {
        for (int i = 0; i < 12; i++) {
            SHOP.user("user " + i, i);
        }
    }

    @Test
    void workersThatSkipLockedRowsTakeDifferentRows() throws Exception {
        var allHold = new CyclicBarrier(4);
        Callable<List<Integer>> worker = () -> database.transactionResult(session -> {
            var locked = users.in(session)
                    .where(USERS.NEWSLETTER.isFalse())
                    .orderBy(USERS.ID)
                    .limit(3)
                    .forUpdate()
                    .skipLocked()
                    .list(UsersRecord::getId);
            allHold.await();
            users.in(session).where(USERS.ID.in(locked)).update(u -> u.setNewsletter(true));
            return locked;
        });

        var taken = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(List.of(worker, worker, worker, worker))) {
                taken.addAll(outcome.get());
            }
        }
        assertEquals(12, taken.stream().distinct().count());
        assertEquals(12, users.where(USERS.NEWSLETTER.isTrue()).count());
    }

    @Test
    void aLockedRowIsReadAsItIsAfterTheWait() throws Exception {
        var id = users.all().orderBy(USERS.ID).first().orElseThrow().getId();
        Future<Integer> waiter;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            waiter = database.transactionResult(session -> {
                users.in(session).where(USERS.ID.eq(id)).forUpdate().one();
                var other = threads.submit(() -> database.transactionResult(second -> users.in(second)
                        .where(USERS.ID.eq(id))
                        .forUpdate()
                        .one()
                        .getAge()));
                users.in(session).update(id, u -> u.setAge(99));
                return other;
            });
        }
        assertEquals(99, waiter.get());
    }

    @Test
    void noWaitFailsAtOnceOnALockedRow() {
        database.transaction(session -> {
            users.in(session).where(USERS.AGE.eq(1)).forUpdate().list();
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> LockTest.this.<List<UsersRecord>>withoutRetry(second ->
                            users.in(second).all().forUpdate().noWait().list()));
            assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
        });
    }

    @Test
    void readersShareALockThatKeepsWritersOut() {
        database.transaction(session -> {
            assertEquals(12, users.in(session).all().forShare().list().size());
            assertEquals(
                    12,
                    withoutRetry(second ->
                                    users.in(second).all().forShare().noWait().list())
                            .size());
            assertEquals(
                    0,
                    withoutRetry(second -> users.in(second)
                                    .all()
                                    .forUpdate()
                                    .skipLocked()
                                    .list())
                            .size());
        });
    }

    @Test
    void aLockOutsideASessionIsRefused() {
        var error = assertThrows(IllegalStateException.class, () -> users.all().forUpdate());
        assertEquals(
                "Outside a session, a lock ends with its statement. Call forUpdate() on a repository of a session:"
                        + " database.transaction(session -> repository.in(session)…).",
                error.getMessage());
        assertThrows(IllegalStateException.class, () -> users.all().forShare());
    }

    @Test
    void skipLockedAndNoWaitNeedALock() {
        database.transaction(session -> {
            var all = users.in(session).all();
            assertThrows(IllegalStateException.class, all::skipLocked);
            assertThrows(IllegalStateException.class, all::noWait);
            assertThrows(IllegalStateException.class, () -> all.forUpdate().delete());
            assertEquals(12, all.forUpdate().count());
        });
    }

    private <T> T withoutRetry(Session.ResultBody<T, RuntimeException> body) {
        return database.transactionResult(body);
    }
}
