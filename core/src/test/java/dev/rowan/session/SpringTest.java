package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowan.Database;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.error.UniqueViolation;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rowan joins transactions that Spring begins and ends. */
class SpringTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final HikariDataSource pool = OverDataSourceTest.pool(SHOP.options(), OverDataSourceTest.SETTINGS, 2);
    private final TransactionTemplate spring = new TransactionTemplate(new DataSourceTransactionManager(pool));
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final Database database = Database.over(new TransactionAwareDataSourceProxy(pool));
    private final UsersRepository users = new UsersRepository(database);

    @AfterEach
    void close() {
        database.close();
        assertEquals(0, database.statistics().connectionsInUse());
        assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        pool.close();
    }

    private long count() {
        return SHOP.users().all().count();
    }

    @Test
    void callsOfRowanAndJdbcTemplateShareTheTransactionThatSpringCommits() {
        spring.executeWithoutResult(status -> {
            var ann = users.insert(u -> u.setName("Ann"));
            jdbc.update("update users set age = 31 where id = ?", ann.getId());
            assertEquals(31, users.get(ann.getId()).getAge());
            assertEquals(1, database.dsl().fetchCount(USERS));
            assertEquals(0, count(), "nothing is committed yet");
        });
        assertEquals(1, count());
    }

    @Test
    void aQueryWithinAStreamOfTheSameConnectionIsExplained() {
        users.insertAll(List.of(new UsersRecord().setName("Ann"), new UsersRecord().setName("Bob")));
        spring.executeWithoutResult(status -> {
            var error = assertThrows(
                    OtherFailure.class,
                    () -> users.all().forEach(ann -> users.all().count()));
            assertTrue(
                    error.getMessage()
                            .endsWith(
                                    "its connection is still sending the rows of a stream. Run it after the stream has"
                                            + " ended, or read the rows with list() or scan(…) instead."),
                    error.getMessage());
        });
    }

    @Test
    void theTimeoutOfSpringEndsRowansStatements() {
        spring.setTimeout(1);
        for (var slow : List.<Runnable>of(
                () -> users.where(DSL.condition("sleep(20) = 0")).list(),
                () -> users.where(DSL.condition("sleep(20) = 0")).update(u -> u.setAge(1)),
                () -> database.dsl().fetch("select sleep(20)"))) {
            SHOP.users().insert(u -> u.setName("Ann"));
            var start = System.nanoTime();
            assertThrows(StatementTimeout.class, () -> spring.executeWithoutResult(status -> slow.run()));
            assertTrue(System.nanoTime() - start < 8e9);
        }
    }

    @Test
    void aRollbackBySpringIncludesRowansCalls() {
        spring.executeWithoutResult(status -> {
            users.insert(u -> u.setName("Ann"));
            database.dsl().insertInto(USERS, USERS.NAME).values("Bob").execute();
            database.transaction(session -> users.in(session).insert(u -> u.setName("Cid")));
            status.setRollbackOnly();
        });
        assertEquals(0, count());
    }

    @Test
    void outsideSpringsTransactionsEachCallIsAtomic() {
        users.insert(u -> u.setName("Ann"));
        assertEquals(1, count());

        database.transaction(session -> users.in(session).insert(u -> u.setName("Bob")));
        assertEquals(2, count());
        assertEquals(1, database.statistics().commits());
    }

    @Test
    void aTransactionWithinSpringsIsASavepoint() {
        spring.executeWithoutResult(status -> {
            users.insert(u -> u.setName("Ann"));
            assertThrows(
                    ArithmeticException.class,
                    () -> database.transaction(session -> {
                        users.in(session).insert(u -> u.setName("Bob"));
                        throw new ArithmeticException();
                    }));
            database.transaction(outer -> {
                users.in(outer).insert(u -> u.setName("Cid"));
                assertThrows(
                        ArithmeticException.class,
                        () -> outer.nested(part -> {
                            users.in(outer).insert(u -> u.setName("Dan"));
                            database.transaction(inner ->
                                    inner.nested(deep -> users.in(inner).insert(u -> u.setName("Eve"))));
                            throw new ArithmeticException();
                        }));
            });
            assertEquals(0, count(), "nothing is committed yet");
        });
        assertEquals(
                List.of("Ann", "Cid"),
                SHOP.users().all().orderBy(USERS.NAME).list().stream()
                        .map(u -> u.getName())
                        .toList());
        assertEquals(0, database.statistics().commits());
    }

    @Test
    void aUniqueViolationLeavesSpringsTransactionOpen() {
        users.insert(u -> u.setEmail("ann@example.org"));

        spring.executeWithoutResult(status -> {
            users.insert(u -> u.setName("Bob"));
            assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));
            users.insert(u -> u.setName("Cid"));
        });
        assertEquals(3, count());
    }

    @Test
    void aTransactionThatRequiresANewOneIsCommittedByItself() {
        var requiresNew = new TransactionTemplate(new DataSourceTransactionManager(pool));
        requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        spring.executeWithoutResult(status -> {
            users.insert(u -> u.setName("Ann"));
            requiresNew.executeWithoutResult(inner -> users.insert(u -> u.setName("Bob")));
            status.setRollbackOnly();
        });
        assertEquals("Bob", SHOP.users().all().one().getName());
    }

    @Test
    void optionsThatSpringsTransactionCannotHaveAreRefused() {
        spring.executeWithoutResult(status -> {
            users.insert(u -> u.setName("Ann"));
            refused("isolation", () -> database.transaction(TransactionOptions.serializable(), session -> {}));
            refused("may write", () -> database.read(session -> 1));
            refused("registerSynchronization", () -> database.transaction(session -> session.afterCommit(() -> {})));
            refused("would end the transaction", () -> database.dsl().execute("create table t (id int)"));
            refused("would end the transaction", () -> database.dsl().connection(c -> c.commit()));
        });
        assertEquals(1, count(), "what was refused left the transaction as it was");
    }

    private static void refused(String why, Executable call) {
        var message =
                String.valueOf(assertThrows(IllegalStateException.class, call).getMessage());
        assertTrue(message.contains(why), message);
    }

    @Test
    void aReadJoinsAReadOnlyTransaction() {
        users.insert(u -> u.setName("Ann"));
        spring.setReadOnly(true);

        spring.executeWithoutResult(status -> assertEquals(
                1,
                database.<Long, RuntimeException>read(
                        session -> users.in(session).all().count())));
    }

    @Test
    void aDeadlockWithinSpringsTransactionIsNotRetried() {
        var ann = users.insert(u -> u.setName("Ann").setAge(1));
        var bob = users.insert(u -> u.setName("Bob").setAge(1));

        var runs = new AtomicInteger();
        var failure = assertThrows(
                TransientFailure.class,
                () -> spring.executeWithoutResult(status -> deadlock(
                        ann,
                        bob,
                        () -> database.transaction(session -> {
                            runs.incrementAndGet();
                            users.in(session).update(bob.getId(), u -> u.setAge(2));
                        }))));
        assertEquals(Kind.DEADLOCK, failure.kind());
        assertEquals(1, runs.get());
        assertEquals(3, users.get(ann.getId()).getAge());
        assertEquals(3, users.get(bob.getId()).getAge());
    }

    @Test
    void aDeadlockOfACallEndsSpringsTransactionForAllCallsOfRowan() {
        var ann = users.insert(u -> u.setName("Ann").setAge(1));
        var bob = users.insert(u -> u.setName("Bob").setAge(1));

        spring.executeWithoutResult(status -> {
            assertThrows(
                    TransientFailure.class,
                    () -> deadlock(ann, bob, () -> users.update(bob.getId(), u -> u.setAge(2))));
            var refusal = assertThrows(TransientFailure.class, () -> users.insert(u -> u.setName("half")));
            assertEquals(Kind.DEADLOCK, refusal.kind());
        });
        assertEquals(0, users.where(USERS.NAME.eq("half")).count());
        assertEquals(3, users.get(ann.getId()).getAge());
    }

    /** Updates Ann, and makes the call deadlock with a transaction that has written more, which survives. */
    private void deadlock(UsersRecord ann, UsersRecord bob, Runnable call) {
        users.update(ann.getId(), u -> u.setAge(2));
        var other = new CountDownLatch(1);
        var heavier = Thread.ofVirtual()
                .start(() -> SHOP.database().transaction(session -> {
                    for (int i = 0; i < 50; i++) {
                        SHOP.users().in(session).insert(u -> u.setName("weight"));
                    }
                    SHOP.users().in(session).update(bob.getId(), u -> u.setAge(3));
                    other.countDown();
                    SHOP.users().in(session).update(ann.getId(), u -> u.setAge(3));
                }));
        await(other);
        try {
            call.run();
        } finally {
            join(heavier);
        }
    }

    /** The server rolls all back, but neither Spring nor its other users learn of that. */
    @ParameterizedTest
    @ValueSource(ints = {1213, 1205, 1206, 1317})
    void aTransactionThatTheServerRolledBackTakesNoMoreStatements(int code) {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate 'HY000' set mysql_errno = " + code + ", message_text = 'lost'; end");
        try {
            for (var fail : List.<Runnable>of(
                    () -> database.dsl().execute("call lose_transaction()"),
                    () -> database.transaction(session -> session.dsl().execute("call lose_transaction()")))) {
                spring.executeWithoutResult(status -> {
                    users.insert(u -> u.setName("first half"));
                    assertThrows(TransientFailure.class, fail::run);
                    for (var refused : List.<Executable>of(
                            () -> users.insert(u -> u.setName("second half")),
                            () -> users.all().list(),
                            () -> users.all().forEach(user -> {}),
                            () -> users.insertAll(List.of(new UsersRecord(), new UsersRecord())),
                            () -> database.dsl().fetchCount(USERS),
                            () -> database.transaction(session -> {}))) {
                        var failure = assertThrows(TransientFailure.class, refused);
                        assertTrue(
                                failure.getMessage()
                                        .startsWith("The server has ended the transaction, which takes no more"
                                                + " statements. First failure: "),
                                failure.getMessage());
                    }
                    assertThrows(
                            DataAccessException.class,
                            () -> jdbc.update("insert into users (name) values ('second half')"));
                });
                assertEquals(0, count());
                spring.executeWithoutResult(status -> {
                    jdbc.update("insert into users (name) values ('later')");
                    users.where(USERS.NAME.eq("later")).delete();
                });
            }
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
    }

    @Test
    void aTransactionGoesOnAfterALockTimeoutThatRolledNothingBack() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create procedure time_out()"
                + " signal sqlstate 'HY000' set mysql_errno = 1205, message_text = 'waited'");
        try {
            spring.executeWithoutResult(status -> {
                users.insert(u -> u.setName("first half"));
                assertThrows(TransientFailure.class, () -> database.dsl().execute("call time_out()"));
                users.insert(u -> u.setName("second half"));
            });
            assertEquals(2, count());
        } finally {
            dsl.execute("drop procedure time_out");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLostConnectionFailsSpringsTransactionAndNothingIsWritten() {
        assertThrows(
                RuntimeException.class,
                () -> spring.executeWithoutResult(status -> {
                    users.insert(u -> u.setName("Ann"));
                    SHOP.database().dsl().execute("kill " + database.dsl().fetchValue("select connection_id()"));
                    var failure = assertThrows(TransientFailure.class, () -> users.insert(u -> u.setName("Bob")));
                    assertEquals(Kind.CONNECTION_LOST, failure.kind(), "it is certain that nothing was written");
                }));
        assertEquals(0, count());
        assertFalse(pool.isClosed());
    }
}
