package dev.rowan.failure;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.CommitOutcomeUnknown;
import dev.rowan.error.DatabaseException;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.NetworkProxy;
import dev.rowan.testing.NetworkProxy.Fault;
import dev.rowan.testing.ShopDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server behind a network connection that breaks. */
class NetworkFailureTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository rows = SHOP.users();
    private final NetworkProxy proxy;
    private final Database database;
    private final UsersRepository users;

    NetworkFailureTest() throws IOException {
        proxy = new NetworkProxy(SHOP.options());
        database = Database.open(
                proxy.options().withStatementTimeout(Duration.ofMillis(500)).withSocketTimeout(Duration.ofSeconds(1)));
        users = new UsersRepository(database);
    }

    @BeforeEach
    void insertAnn() {
        rows.insert(u -> u.setName("Ann"));
    }

    @AfterEach
    void close() throws IOException {
        assertTrue(proxy.hasFailed(), "no packet triggered the fault");
        assertEquals(0, database.statistics().connectionsInUse());
        database.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aTransactionThatIsCutBeforeItsCommitIsRetried(Fault fault) {
        proxy.failAt("update `users`", fault);
        var runs = new AtomicInteger();
        database.transaction(session -> {
            runs.incrementAndGet();
            users.in(session).insert(u -> u.setName("Bob"));
            users.in(session).where(USERS.NAME.eq("Ann")).update(u -> u.setAge(40));
        });
        assertEquals(2, runs.get());
        assertEquals(2, rows.all().count());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aTransactionThatIsCutAtItsBeginningIsRetried(Fault fault) {
        proxy.failAt("START TRANSACTION", fault);
        database.transaction(session -> users.in(session).insert(u -> u.setName("Bob")));
        assertEquals(2, rows.all().count());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aCommitWithoutAResponseHasAnUnknownOutcomeAndIsNotRetried(Fault fault) {
        proxy.failAt("COMMIT", fault);
        var runs = new AtomicInteger();
        assertThrows(
                CommitOutcomeUnknown.class,
                () -> database.transaction(session -> {
                    runs.incrementAndGet();
                    users.in(session).insert(u -> u.setName("Bob"));
                }));
        assertEquals(1, runs.get());
        assertEquals(fault == Fault.CUT_BEFORE_RESPONSE ? 2 : 1, rows.all().count());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aReadTransactionThatIsCutAtItsEndIsRetried(Fault fault) {
        proxy.failAt("COMMIT", fault);
        long count = database.read(session -> users.in(session).all().count());
        assertEquals(1, count);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aSingleReadIsRetried(Fault fault) {
        proxy.failAt(NetworkProxy.EXECUTE, fault);
        assertEquals(1, users.all().count());
        assertEquals(1, database.statistics().retries());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aSingleWriteIsNeverRetried(Fault fault) {
        proxy.failAt(NetworkProxy.EXECUTE, fault);
        assertThrows(CommitOutcomeUnknown.class, () -> users.insert(u -> u.setName("Bob")));
        assertEquals(fault == Fault.CUT_BEFORE_RESPONSE ? 2 : 1, rows.all().count());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void aSingleWriteOfJooqHasAnUnknownOutcome(Fault fault) {
        proxy.failAt(NetworkProxy.EXECUTE, fault);
        var insert = database.dsl().insertInto(USERS, USERS.NAME).values("Bob");
        assertThrows(CommitOutcomeUnknown.class, insert::execute);
        assertEquals(fault == Fault.CUT_BEFORE_RESPONSE ? 2 : 1, rows.all().count());
    }

    @Test
    void aSingleReadOfJooqIsALostConnection() {
        proxy.failAt(NetworkProxy.EXECUTE, Fault.CUT_BEFORE_RESPONSE);
        var failure = assertThrows(
                TransientFailure.class, () -> database.dsl().selectFrom(USERS).fetch());
        assertEquals(Kind.CONNECTION_LOST, failure.kind());
    }

    @Test
    void aTransactionOfJooqReportsAnUnknownOutcomeToo() {
        proxy.failAt("COMMIT", Fault.CUT_BEFORE_RESPONSE);
        assertThrows(
                CommitOutcomeUnknown.class,
                () -> database.dsl()
                        .transaction(inner -> inner.dsl()
                                .insertInto(USERS, USERS.NAME)
                                .values("Bob")
                                .execute()));
        assertEquals(2, rows.all().count());
    }

    @Test
    void theNameOfATransactionPrecedesEveryStatement() {
        var noRetry = TransactionOptions.named("check-out 2").withRetry(RetryPolicy.never());
        for (var statement : List.<Session.Body<RuntimeException>>of(
                session -> users.in(session).all().list(),
                session -> session.dsl().selectFrom(USERS).fetch(),
                session -> session.dsl().fetch("select * from users"),
                session -> session.dsl()
                        .batch("delete from users", "insert into users (name) values ('Bob')")
                        .execute())) {
            proxy.failAt(
                    packet -> packet.contains("/* check-out 2 */ ") && packet.contains("users"),
                    Fault.CUT_BEFORE_REQUEST);
            assertThrows(DatabaseException.class, () -> database.transaction(noRetry, statement));
            assertTrue(proxy.hasFailed(), "no statement with the name");
        }
    }
}
