package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.RaisedSignal;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session accepts no statements after the server has ended its transaction. */
class EndedTransactionTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final TransactionOptions ONCE = TransactionOptions.standard().withRetry(RetryPolicy.never());

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> heavier = new ArrayList<>();
    private final UsersRecord ann = SHOP.user("Ann", 31);
    private final UsersRecord bob = SHOP.user("Bob", 32);

    @BeforeEach
    void nothingElse() {
        assertEquals(2, users.all().count());
    }

    @AfterEach
    void theOtherTransactionsCommitted() throws Exception {
        for (var other : heavier) {
            other.get();
        }
        threads.close();
    }

    @Test
    void aSwallowedDeadlockFailsTheTransactionAndNothingIsWritten() {
        var failures = new TransientFailure[1];
        var thrown = assertThrows(
                TransientFailure.class,
                () -> database.transaction(ONCE, session -> {
                    users.in(session).insert(u -> u.setName("half"));
                    failures[0] = deadlock(session);
                }));
        assertSame(failures[0], thrown);
        assertEquals(0, users.where(USERS.NAME.eq("half")).count());
    }

    @Test
    void everyFurtherStatementIsRefusedAndNamesTheFirstFailure() {
        assertThrows(
                TransientFailure.class,
                () -> database.transaction(ONCE, session -> {
                    var dsl = session.dsl();
                    var first = deadlock(session);
                    for (var refused : List.<Executable>of(
                            () -> users.in(session).insert(u -> u.setName("half")),
                            () -> users.in(session).all().list(),
                            () -> dsl.insertInto(USERS, USERS.NAME)
                                    .values("half")
                                    .execute(),
                            () -> dsl.execute("insert into users (name) values ('half')"),
                            () -> dsl.batch("insert into users (name) values ('half')", "delete from users")
                                    .execute(),
                            () -> session.nested(inner -> {}),
                            session::dsl)) {
                        var failure = assertThrows(TransientFailure.class, refused);
                        assertEquals(Kind.DEADLOCK, failure.kind());
                        assertSame(first, failure.getCause());
                        assertTrue(failure.getMessage().contains(first.getMessage()), failure.getMessage());
                    }
                }));
        assertEquals(0, users.where(USERS.NAME.eq("half")).count());
    }

    @Test
    void aSwallowedDeadlockIsRetried() throws Exception {
        var runs = new AtomicInteger();
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Cid"));
            if (runs.incrementAndGet() == 1) {
                deadlock(session);
            }
        });
        assertEquals(2, runs.get());
        assertEquals(1, users.where(USERS.NAME.eq("Cid")).count());
    }

    @Test
    void aDeadlockThatTheBodyWrapsIsRetried() throws Exception {
        var runs = new AtomicInteger();
        database.transaction(session -> {
            users.in(session).insert(u -> u.setName("Cid"));
            if (runs.incrementAndGet() == 1) {
                throw new IOException(deadlock(session));
            }
        });
        assertEquals(2, runs.get());
        assertEquals(1, users.where(USERS.NAME.eq("Cid")).count());
    }

    @Test
    void aDeadlockSwallowedAroundASavepointIsStillTheFirstFailure() {
        for (var nested : List.<Session.Body<InterruptedException>>of(
                session -> session.nested(inner -> {
                    throw deadlock(session);
                }),
                session -> session.dsl().transaction(inner -> {
                    throw deadlock(session);
                }),
                session -> session.nested(inner -> deadlock(session)))) {
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> database.transaction(ONCE, session -> {
                        users.in(session).insert(u -> u.setName("half"));
                        assertThrows(TransientFailure.class, () -> nested.run(session));
                        assertThrows(
                                TransientFailure.class, () -> users.in(session).insert(u -> u.setName("half")));
                    }));
            assertEquals(Kind.DEADLOCK, failure.kind());
            assertEquals(1213, failure.code());
            assertEquals(0, failure.getSuppressed().length);
            assertEquals(0, users.where(USERS.NAME.eq("half")).count());
        }
    }

    @Test
    void aSwallowedConnectionLossFailsTheTransaction() {
        var failure = assertThrows(
                TransientFailure.class,
                () -> database.transaction(ONCE, session -> {
                    users.in(session).insert(u -> u.setName("half"));
                    var id = session.dsl().fetchValue("select connection_id()");
                    database.dsl().execute("kill " + id);
                    assertThrows(
                            TransientFailure.class,
                            () -> users.in(session).all().count());
                }));
        assertEquals(Kind.CONNECTION_LOST, failure.kind());
        assertEquals(0, users.where(USERS.NAME.eq("half")).count());
    }

    @Test
    void aLockTimeoutLeavesTheTransactionOpenUnlessTheServerRollsBack() {
        var rolledBack = SHOP.lockTimeoutRollsBack();
        try (var impatient = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var theirs = new UsersRepository(impatient);
            database.transaction(session -> {
                users.in(session).update(ann.getId(), u -> u.setAge(40));
                Executable inserting = () -> impatient.transaction(ONCE, inner -> {
                    theirs.in(inner).insert(u -> u.setName("Cid"));
                    var failure = assertThrows(
                            TransientFailure.class, () -> theirs.in(inner).update(ann.getId(), u -> u.setAge(41)));
                    assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
                });
                if (rolledBack) {
                    assertThrows(TransientFailure.class, inserting);
                } else {
                    assertDoesNotThrow(inserting);
                }
            });
        }
        assertEquals(40, users.get(ann.getId()).getAge());
        assertEquals(rolledBack ? 0 : 1, users.where(USERS.NAME.eq("Cid")).count());
    }

    /** As a lock timeout does under innodb_rollback_on_timeout, and a KILL QUERY that meets a deadlock. */
    @ParameterizedTest
    @CsvSource({"1205, LOCK_TIMEOUT", "1206, LOCK_TIMEOUT", "1317, INTERRUPTED", "3024, ", "1969, "})
    void aFailureThatRolledAllBackFailsTheTransactionWhateverItsCode(int code, @Nullable Kind kind) {
        failing(code, fail -> {
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> database.transaction(ONCE, session -> {
                        users.in(session).insert(u -> u.setName("first half"));
                        var first = assertThrows(
                                DatabaseException.class, () -> session.dsl().execute(fail));
                        assertEquals(kind, first instanceof TransientFailure cause ? cause.kind() : null);
                        assertThrows(
                                TransientFailure.class, () -> users.in(session).insert(u -> u.setName("second half")));
                    }));
            assertEquals(Kind.DEADLOCK, failure.kind());
            assertEquals(2, users.all().count());
        });
    }

    @Test
    void aTransactionThatWasRolledBackByAnInterruptedStatementIsRetried() {
        var runs = new AtomicInteger();
        failing(1317, fail -> {
            database.transaction(session -> {
                users.in(session).insert(u -> u.setName("Cid"));
                if (runs.incrementAndGet() == 1) {
                    session.nested(inner -> inner.dsl().execute(fail));
                }
            });
            assertEquals(2, runs.get());
            assertEquals(1, users.where(USERS.NAME.eq("Cid")).count());
        });
    }

    @Test
    void aNestedPartThatCannotBeRolledBackFailsTheTransaction() {
        failing(1644, fail -> {
            for (var nested : List.<Session.Body<RuntimeException>>of(
                    session -> session.nested(inner -> inner.dsl().execute(fail)),
                    session -> session.dsl().transaction(inner -> inner.dsl().execute(fail)))) {
                var failure = assertThrows(
                        TransientFailure.class,
                        () -> database.transaction(ONCE, session -> {
                            users.in(session).insert(u -> u.setName("first half"));
                            assertThrows(RaisedSignal.class, () -> nested.run(session));
                            assertThrows(
                                    TransientFailure.class,
                                    () -> users.in(session).insert(u -> u.setName("second half")));
                        }));
                assertEquals(Kind.DEADLOCK, failure.kind());
                assertEquals(2, users.all().count());
            }
        });
    }

    @Test
    void aFailureThatTheBodyCatchesOnTheJdbcConnectionCountsToo() {
        failing(1205, fail -> {
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> database.transaction(ONCE, session -> {
                        users.in(session).insert(u -> u.setName("first half"));
                        session.dsl().connection(connection -> {
                            try (var statement = connection.createStatement()) {
                                assertThrows(SQLException.class, () -> statement.execute(fail));
                            }
                        });
                        users.in(session).insert(u -> u.setName("second half"));
                    }));
            assertEquals(Kind.DEADLOCK, failure.kind());
            assertEquals(2, users.all().count());
        });
    }

    /** Runs a test with a statement that fails with this code, and has rolled the whole transaction back before. */
    private void failing(int code, Consumer<String> test) {
        var dsl = database.dsl();
        dsl.execute("create procedure lose_transaction() begin rollback;"
                + " signal sqlstate 'HY000' set mysql_errno = " + code + ", message_text = 'lost'; end");
        try {
            test.accept("call lose_transaction()");
        } finally {
            dsl.execute("drop procedure lose_transaction");
        }
    }

    /** Makes the server end the session's transaction: it deadlocks with one that has written more, which survives. */
    private TransientFailure deadlock(Session session) throws InterruptedException {
        users.in(session).update(ann.getId(), u -> u.setAge(40));
        var holds = new CountDownLatch(1);
        heavier.add(threads.submit(() -> database.transaction(other -> {
            for (int i = 0; i < 50; i++) {
                users.in(other).insert(u -> u.setName("weight"));
            }
            users.in(other).update(bob.getId(), u -> u.setAge(41));
            holds.countDown();
            users.in(other).update(ann.getId(), u -> u.setAge(41));
        })));
        holds.await();
        var failure =
                assertThrows(TransientFailure.class, () -> users.in(session).update(bob.getId(), u -> u.setAge(42)));
        assertEquals(Kind.DEADLOCK, failure.kind());
        return failure;
    }
}
