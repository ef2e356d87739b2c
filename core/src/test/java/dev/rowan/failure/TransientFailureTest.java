package dev.rowan.failure;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.InvalidValue;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures caused by the state of the server or by other transactions, in repositories and in jOOQ. */
class TransientFailureTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final int ANN = 1;
    private static final int BOB = 2;

    private static final TransactionOptions ONCE = TransactionOptions.standard().withRetry(RetryPolicy.never());

    private static final String SLOW =
            "select count(*) from information_schema.columns a, information_schema.columns b,"
                    + " information_schema.columns c, information_schema.columns d";

    /** Changes the age of the user with this id. */
    enum Writer {
        REPOSITORY {
            @Override
            void age(Session session, int id) {
                SHOP.users().in(session).where(USERS.ID.eq(id)).update(u -> u.setAge(40));
            }
        },
        DSL {
            @Override
            void age(Session session, int id) {
                session.dsl()
                        .update(USERS)
                        .set(USERS.AGE, 40)
                        .where(USERS.ID.eq(id))
                        .execute();
            }
        };

        abstract void age(Session session, int id);
    }

    @BeforeEach
    void rows() {
        SHOP.users().insert(u -> u.setId(ANN));
        SHOP.users().insert(u -> u.setId(BOB));
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlockRollsBackAndEndsTheSession(Writer writer) throws Exception {
        var holds = new CountDownLatch(1);
        var heavier = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> SHOP.database().transaction(ONCE, session -> {
                        SHOP.users().in(session).insert(u -> u.setName("half"));
                        writer.age(session, ANN);
                        heavier.add(threads.submit(() -> SHOP.database().transaction(other -> {
                            for (int i = 0; i < 50; i++) {
                                SHOP.users().in(other).insert(u -> u.setName("weight"));
                            }
                            writer.age(other, BOB);
                            holds.countDown();
                            writer.age(other, ANN);
                        })));
                        holds.await();
                        writer.age(session, BOB);
                    }));
            check(
                    Kind.DEADLOCK,
                    1213,
                    "update users: the server rolled back the transaction to resolve a deadlock. Run the transaction"
                            + " again.",
                    failure);
            for (var other : heavier) {
                other.get();
            }
        }
        assertEquals(0, named("half"));
    }

    /** The default of MariaDB since 11.6, and an option of 11.4. */
    @ParameterizedTest
    @EnumSource
    void aRowThatChangedSinceTheSnapshotRollsBackOnMariaDb(Writer writer) {
        if (SHOP.database().dsl().dialect() == SQLDialect.MYSQL) {
            return;
        }
        var failure = assertThrows(
                TransientFailure.class,
                () -> SHOP.database().transaction(ONCE, session -> {
                    session.dsl().execute("set innodb_snapshot_isolation = on");
                    SHOP.users().in(session).insert(u -> u.setName("half"));
                    assertEquals(2 + 1, SHOP.users().in(session).all().count());
                    SHOP.users().update(ANN, u -> u.setAge(50));
                    writer.age(session, ANN);
                }));
        check(
                Kind.DEADLOCK,
                1020,
                "update users: the server rolled back the transaction because another one changed the same rows."
                        + " Run the transaction again.",
                failure);
        assertEquals(0, named("half"));
    }

    @ParameterizedTest
    @EnumSource
    void aLockWaitTimeoutLeavesTheTransactionOpen(Writer writer) {
        assumeFalse(SHOP.lockTimeoutRollsBack(), "innodb_rollback_on_timeout ends it");
        var options = SHOP.options().withStatementTimeout(Duration.ofSeconds(1)).withRetry(RetryPolicy.never());
        try (var impatient = Database.open(options)) {
            SHOP.database().transaction(session -> {
                writer.age(session, ANN);
                impatient.transaction(ONCE, inner -> {
                    SHOP.users().in(inner).insert(u -> u.setName("kept"));
                    check(
                            Kind.LOCK_TIMEOUT,
                            1205,
                            "update users: lock wait timeout, another transaction holds the lock. Roll back, then"
                                    + " run the transaction again.",
                            assertThrows(TransientFailure.class, () -> writer.age(inner, ANN)));
                });
                var alone = new UsersRepository(impatient);
                assertEquals(
                        Kind.LOCK_TIMEOUT,
                        assertThrows(TransientFailure.class, () -> alone.update(ANN, u -> u.setAge(41)))
                                .kind());
            });
        }
        assertEquals(1, named("kept"));
    }

    /** Calls that were meant to be part of the session. */
    enum Beside {
        CALL,
        LOAD,
        DSL,
        JOOQ_TRANSACTION,
        TRANSACTION;

        void update(Database database, UsersRepository users) {
            switch (this) {
                case CALL -> users.update(ANN, u -> u.setAge(41));
                case LOAD -> users.load(Stream.of(new UsersRecord().setId(ANN)));
                case DSL -> database.dsl().execute("update users set age = 41 where id = " + ANN);
                case JOOQ_TRANSACTION ->
                    database.dsl()
                            .transaction(jooq -> jooq.dsl().execute("update users set age = 41 where id = " + ANN));
                case TRANSACTION ->
                    database.transaction(session -> users.in(session).update(ANN, u -> u.setAge(41)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatWaitsForALockOfItsOwnThreadIsExplainedAndNotRetried(Beside call) {
        try (var impatient = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var users = new UsersRepository(impatient);
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> impatient.transaction(session -> {
                        users.in(session).update(ANN, u -> u.setAge(40));
                        call.update(impatient, users);
                    }));
            assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
            assertEquals(1205, failure.code());
            assertTrue(
                    failure.getMessage()
                            .endsWith(
                                    "This thread has a transaction of its own open, which probably holds the lock until"
                                            + " this call ends: bind the repository with in(session), or use session.dsl(). The"
                                            + " call is not retried."),
                    failure.getMessage());
            assertEquals(0, impatient.statistics().retries());
            users.update(ANN, u -> u.setAge(42));
        }
    }

    @Test
    void aCallThatWaitsForALockOfATransactionOfJooqIsExplainedToo() {
        try (var impatient = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            var users = new UsersRepository(impatient);
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> impatient.dsl().transaction(jooq -> {
                        jooq.dsl().execute("update users set age = 40 where id = " + ANN);
                        users.update(ANN, u -> u.setAge(41));
                    }));
            assertTrue(
                    failure.getMessage().contains("This thread has a transaction of its own open"),
                    failure.getMessage());
            users.update(ANN, u -> u.setAge(42));
        }
    }

    @Test
    void aLockedRowReadWithNoWaitIsALockTimeoutToo() {
        SHOP.database().transaction(session -> {
            Writer.REPOSITORY.age(session, ANN);
            SHOP.database().transaction(ONCE, inner -> {
                SHOP.users().in(inner).insert(u -> u.setName("kept"));
                for (var read : List.<Runnable>of(
                        () -> SHOP.users()
                                .in(inner)
                                .where(USERS.ID.eq(ANN))
                                .forUpdate()
                                .noWait()
                                .list(),
                        () -> inner.dsl()
                                .selectFrom(USERS)
                                .where(USERS.ID.eq(ANN))
                                .forUpdate()
                                .noWait()
                                .fetch())) {
                    var failure = assertThrows(TransientFailure.class, read::run);
                    assertEquals(Kind.LOCK_TIMEOUT, failure.kind());
                    assertEquals(SHOP.database().dsl().dialect() == SQLDialect.MYSQL ? 3572 : 1205, failure.code());
                }
            });
        });
        assertEquals(1, named("kept"));
    }

    @Test
    void aKilledStatementLeavesTheTransactionOpen() throws Exception {
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SHOP.database().transaction(ONCE, session -> {
                SHOP.users().in(session).insert(u -> u.setName("kept"));
                var id = session.dsl().fetchValue("select connection_id()");
                var stopper = threads.submit(() -> stopWhileBusy(id, over));
                var failure = assertThrows(TransientFailure.class, () -> {
                    try {
                        session.dsl().fetchValue(SLOW);
                    } finally {
                        over.set(true);
                    }
                });
                check(Kind.INTERRUPTED, 1317, "statement: the statement was killed. Try again.", failure);
                stopper.get();
            });
        }
        assertEquals(1, named("kept"));
    }

    /**
     * Kills the query repeatedly: a kill while the server prepares the statement does not affect its execution.
     */
    private static void stopWhileBusy(Object id, AtomicBoolean over) {
        var dsl = SHOP.database().dsl();
        var busy = "select 1 from information_schema.processlist where id = ? and info like 'select count%'";
        while (!over.get()) {
            if (!dsl.fetch(busy, id).isEmpty()) {
                dsl.execute("kill query " + id);
            }
        }
    }

    @Test
    void aKilledConnectionEndsItsTransaction() {
        var failure = assertThrows(
                TransientFailure.class,
                () -> SHOP.database().transaction(ONCE, session -> {
                    SHOP.users().in(session).insert(u -> u.setName("half"));
                    SHOP.database().dsl().execute("kill " + session.dsl().fetchValue("select connection_id()"));
                    Writer.DSL.age(session, ANN);
                }));
        check(
                Kind.CONNECTION_LOST,
                0,
                "update users: the connection was lost. Run the whole transaction again.",
                failure);
        assertEquals(0, named("half"));
    }

    @Test
    void aStatementTimeoutLeavesTheTransactionOpen() {
        var message = "statement: the statement took longer than allowed. Make it cheaper, or raise statementTimeout.";
        try (var impatient = Database.open(SHOP.options().withStatementTimeout(Duration.ofSeconds(1)))) {
            impatient.transaction(session -> {
                SHOP.users().in(session).insert(u -> u.setName("kept"));
                var failure =
                        assertThrows(StatementTimeout.class, () -> session.dsl().fetchValue(SLOW));
                assertEquals(message, failure.getMessage());
            });
        }
        assertEquals(1, named("kept"));
    }

    @Test
    void aQueryTimeoutOfJooqIsAStatementTimeoutToo() {
        SHOP.database().transaction(session -> {
            SHOP.users().in(session).insert(u -> u.setName("kept"));
            var query = session.dsl().resultQuery(SLOW).queryTimeout(1);
            assertThrows(StatementTimeout.class, query::fetch);
        });
        assertEquals(1, named("kept"));
    }

    @Test
    void aWriteInAReadOnlyTransactionIsRejected() {
        for (var writer : Writer.values()) {
            var failure = assertThrows(
                    OtherFailure.class,
                    () -> SHOP.database().<Object, RuntimeException>read(session -> {
                        writer.age(session, ANN);
                        return session;
                    }));
            assertEquals(
                    "update users: this transaction is read-only. Write, and lock rows, in database.transaction(…).",
                    failure.getMessage());
            assertEquals(1792, failure.code());
        }
        var failure = assertThrows(
                OtherFailure.class,
                () -> SHOP.database()
                        .read(session -> SHOP.users()
                                .in(session)
                                .all()
                                .forUpdate()
                                .list()
                                .size()));
        assertEquals(
                "read users: this transaction is read-only. Write, and lock rows, in database.transaction(…).",
                failure.getMessage());
    }

    @Test
    void aWriteOnAReadOnlyConnectionIsRejected() {
        SHOP.database().transaction(session -> {
            SHOP.users().in(session).insert(u -> u.setName("kept"));
            session.dsl().connection(connection -> {
                connection.setReadOnly(true);
                var failure = assertThrows(OtherFailure.class, () -> Writer.DSL.age(session, ANN));
                assertEquals(
                        "update users: its connection is read-only. Write on a connection that is not: with Spring,"
                                + " outside @Transactional(readOnly = true).",
                        failure.getMessage());
                connection.setReadOnly(false);
            });
        });
        assertEquals(1, named("kept"));
    }

    @Test
    void aStatementLargerThanAPacketIsAnInvalidValue() {
        var size = (Number) SHOP.database().dsl().fetchValue("select @@max_allowed_packet");
        var large = "x".repeat(size.intValue() + 1);
        var message = "a value is too large for one packet, alone or with the other values of its statement."
                + " Send less at once, or raise the server's max_allowed_packet.";
        SHOP.database().transaction(session -> {
            SHOP.users().in(session).insert(u -> u.setName("kept"));
            var byRepository = assertThrows(
                    InvalidValue.class,
                    () -> SHOP.orders().in(session).insert(o -> o.setUserId(ANN).setNote(large)));
            assertEquals("insert into orders: " + message, byRepository.getMessage());
            var byJooq = assertThrows(
                    InvalidValue.class,
                    () -> session.dsl().update(USERS).set(USERS.NAME, large).execute());
            assertEquals("update users: " + message, byJooq.getMessage());
        });
        assertEquals(1, named("kept"));
    }

    /** A user with CONNECTION_ADMIN may write all the same, like the other users of this server. */
    @Test
    void aReadOnlyServerIsRetriedOnANewConnection() {
        asClerk("", clerk -> {
            var dsl = SHOP.database().dsl();
            dsl.execute("set global read_only = 1");
            try {
                for (var writer : Writer.values()) {
                    var failure = assertThrows(
                            TransientFailure.class, () -> clerk.transaction(ONCE, session -> writer.age(session, ANN)));
                    check(
                            Kind.READ_ONLY_SERVER,
                            1290,
                            "update users: the server is read-only. Try again on a server that accepts writes.",
                            failure);
                }
            } finally {
                dsl.execute("set global read_only = 0");
            }
            clerk.transaction(session -> Writer.DSL.age(session, ANN));
        });
    }

    @Test
    void theConnectionLimitOfAUserIsReported() {
        asClerk(" with max_user_connections 1", clerk -> {
            var failure = assertThrows(
                    TransientFailure.class,
                    () -> Database.open(options("clerk")).close());
            check(
                    Kind.TOO_MANY_CONNECTIONS,
                    1226,
                    "connect: the connection limit of the server is reached. Try again, or use smaller pools.",
                    failure);
        });
    }

    /** Runs a body as a user with limits, who has at most one connection. */
    private static void asClerk(String limits, Consumer<Database> body) {
        var dsl = SHOP.database().dsl();
        dsl.execute("create user 'clerk'@'%' identified by ?" + limits, "Clerk-1234");
        try {
            dsl.execute(
                    "grant select, insert, update on {0}.* to 'clerk'@'%'",
                    DSL.name(String.valueOf(dsl.fetchValue("select database()"))));
            try (var database = Database.open(options("clerk").withPoolSize(1))) {
                body.accept(database);
            }
        } finally {
            dsl.execute("drop user 'clerk'@'%'");
        }
    }

    private static DatabaseOptions options(String user) {
        return DatabaseOptions.of(SHOP.options().url(), user, "Clerk-1234");
    }

    /** The server reports it before the login. */
    @Test
    void theConnectionLimitOfTheServerIsReported() throws IOException {
        var text = "\u00ff\u0010\u0004Too many connections".getBytes(StandardCharsets.ISO_8859_1);
        try (var full = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                while (!full.isClosed()) {
                    try (var client = full.accept()) {
                        client.getOutputStream().write(new byte[] {(byte) text.length, 0, 0, 0});
                        client.getOutputStream().write(text);
                    } catch (IOException e) {
                        // the listener is closed
                    }
                }
            });
            var options = DatabaseOptions.of("jdbc:mysql://127.0.0.1:" + full.getLocalPort() + "/shop", "app", "");
            var failure = assertThrows(TransientFailure.class, () -> Database.open(options));
            check(
                    Kind.TOO_MANY_CONNECTIONS,
                    1040,
                    "connect: the connection limit of the server is reached. Try again, or use smaller pools.",
                    failure);
        }
    }

    private static long named(String name) {
        return SHOP.users().where(USERS.NAME.eq(name)).count();
    }

    private static void check(Kind kind, int code, String message, DatabaseException failure) {
        var transientFailure = assertInstanceOf(TransientFailure.class, failure);
        assertEquals(kind, transientFailure.kind());
        assertEquals(message, transientFailure.getMessage());
        assertEquals(code, transientFailure.code());
    }
}
