package dev.rowan.failure;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.NetworkProxy;
import dev.rowan.testing.NetworkProxy.Fault;
import dev.rowan.testing.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Every wait of a call ends within its limits, and a statement that was given up does not run on. */
class TimeLimitTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final TransactionOptions ONE_SECOND =
            TransactionOptions.standard().withTimeout(Duration.ofSeconds(1));

    /** Slow on both engines, for each row: a function that no index and no optimizer shortens. */
    private static final String SLOW = "sleep(30) = 0";

    private static DatabaseOptions options() {
        return SHOP.options().withRetry(RetryPolicy.never());
    }

    private static <X extends Throwable> X failsWithin(double seconds, Class<X> type, Executable call) {
        var start = System.nanoTime();
        var failure = assertThrows(type, call);
        var took = (System.nanoTime() - start) / 1e9;
        assertTrue(took < seconds, "took " + took + " s");
        return failure;
    }

    @Test
    void aSlowStatementOfAnyKindIsStopped() {
        SHOP.users().insert(u -> u.setId(1));
        SHOP.users().insert(u -> u.setId(2).setName("Bob"));
        var slow = DSL.condition(SLOW);
        try (var database = Database.open(options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var users = new UsersRepository(database);
            for (var call : List.<Executable>of(
                    () -> users.where(slow).list(),
                    () -> users.where(slow).count(),
                    () -> users.where(slow).update(u -> u.setAge(1)),
                    () -> users.where(slow).delete(),
                    () -> database.dsl().fetch("select sleep(30)"),
                    () -> database.dsl().execute("update users set age = 1 where " + SLOW),
                    () -> database.transaction(
                            session -> users.in(session).where(slow).update(u -> u.setAge(1))),
                    () -> database.transaction(session -> {
                        session.dsl().execute("delete from users where " + SLOW);
                    }))) {
                failsWithin(6, StatementTimeout.class, call);
                // no lock is left, and the next statement is not hit
                assertEquals(1, users.where(USERS.ID.eq(2)).update(u -> u.setName("Bob")));
            }
        }
        assertEquals(2, SHOP.users().where(USERS.AGE.isNull()).count());
    }

    @Test
    void aTimeoutStopsNoOtherStatement() throws InterruptedException {
        SHOP.users().insert(u -> u.setId(1));
        var limited = TransactionOptions.standard().withTimeout(Duration.ofMillis(150));
        try (var single = Database.open(options().withPoolSize(1))) {
            var users = new UsersRepository(single);
            whileLocked(1, () -> {
                for (int round = 0; round < 15; round++) {
                    failsWithin(
                            3,
                            StatementTimeout.class,
                            () -> single.transaction(
                                    limited, session -> users.in(session).update(1, u -> u.setAge(1))));
                    assertEquals(
                            0, single.dsl().fetchSingle("select sleep(0.05)").get(0, Integer.class));
                }
            });
        }
    }

    /** Runs work while another transaction holds a row. */
    private static void whileLocked(int id, Runnable work) throws InterruptedException {
        var locked = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var holder = Thread.startVirtualThread(() -> SHOP.database().transaction(session -> {
            SHOP.users().in(session).update(id, u -> u.setName("locked"));
            locked.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        try {
            locked.await();
            work.run();
        } finally {
            done.countDown();
            holder.join();
        }
    }

    @Test
    void aLockedRowIsReportedAsSuch() throws InterruptedException {
        SHOP.users().insert(u -> u.setId(1));
        try (var database = Database.open(options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var users = new UsersRepository(database);
            for (var write : List.<Executable>of(
                    () -> users.update(1, u -> u.setAge(1)),
                    () -> users.where(USERS.ID.eq(1)).update(u -> u.setAge(1)),
                    () -> database.transaction(session ->
                            users.in(session).where(USERS.ID.eq(1)).forUpdate().one()))) {
                whileLocked(1, () -> {
                    var failure = failsWithin(5, TransientFailure.class, write);
                    assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
                });
            }
        }
    }

    @Test
    void aSilentNetworkEndsWithTheTransactionsTimeout() throws Exception {
        try (var proxy = new NetworkProxy(SHOP.options());
                var database = Database.open(proxy.options())) {
            proxy.failAt("select sleep(0)", Fault.DROPPED);
            failsWithin(
                    4,
                    DatabaseException.class,
                    () -> database.transaction(ONE_SECOND, session -> {
                        session.dsl().fetch("select sleep(0)");
                    }));
        }
    }

    @Test
    void aPoolInUseEndsWithTheTransactionsTimeout() {
        try (var single = Database.open(options().withPoolSize(1))) {
            single.transaction(outer -> {
                failsWithin(3, DatabaseException.class, () -> single.transaction(ONE_SECOND, session -> {}));
                failsWithin(
                        3,
                        DatabaseException.class,
                        () -> SHOP.database()
                                .transaction(ONE_SECOND, session -> single.dsl().fetch("select 1")));
            });
        }
    }

    @Test
    void aServerThatIsDownEndsWithTheTransactionsTimeout() throws Exception {
        var proxy = new NetworkProxy(SHOP.options());
        try (var database = Database.open(proxy.options().withPoolSize(1))) {
            proxy.failAt("select sleep(0)", Fault.CUT_BEFORE_REQUEST);
            proxy.close(); // takes no new connections; that of the pool is cut next
            assertThrows(DatabaseException.class, () -> database.dsl().execute("select sleep(0)"));
            failsWithin(
                    3,
                    DatabaseException.class,
                    () -> database.transaction(ONE_SECOND, session -> {
                        session.dsl().fetch("select 1");
                    }));
        }
    }

    @Test
    void aPeerThatStopsReadingEndsAWrite() throws Exception {
        var large = "x".repeat(12 << 20);
        try (var proxy = new NetworkProxy(SHOP.options());
                var database = Database.open(proxy.options()
                        .withRetry(RetryPolicy.never())
                        .withStatementTimeout(Duration.ofSeconds(1))
                        .withSocketTimeout(Duration.ofSeconds(2)))) {
            proxy.failAt("stalled", Fault.STALLED);
            failsWithin(
                    8,
                    CommitOutcomeUnknown.class,
                    () -> database.dsl().execute("insert into orders (note) /* stalled */ values (?)", large));
        }
    }

    @Test
    void theLimitOfAJooqQueryStopsItAlone() {
        try (var single = Database.open(options().withPoolSize(1))) {
            failsWithin(
                    4,
                    StatementTimeout.class,
                    () -> single.transaction(session -> {
                        session.dsl()
                                .resultQuery("select sleep(30)")
                                .queryTimeout(1)
                                .fetch();
                    }));
            failsWithin(
                    4,
                    StatementTimeout.class,
                    () -> single.dsl()
                            .resultQuery("select sleep(30)")
                            .queryTimeout(1)
                            .fetch());
            assertEquals(0, single.dsl().fetchSingle("select sleep(1.2)").get(0, Integer.class));
        }
    }
}
