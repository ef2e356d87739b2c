package dev.rowan.session;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Session;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionOptions;
import dev.rowan.error.OtherFailure;
import dev.rowan.error.StatementTimeout;
import dev.rowan.error.TransientFailure;
import dev.rowan.error.TransientFailure.Kind;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.testing.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Isolation;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionOptionsTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final Database database = SHOP.database();
    private final UsersRepository users = SHOP.users();

    @Test
    void oneRoundTripBeginsATransactionAndOneEndsIt() {
        try (var single = Database.open(SHOP.options().withPoolSize(1))) {
            var before = questions(single);
            single.transaction(session -> {
                for (int i = 0; i < 3; i++) {
                    session.dsl().insertInto(USERS, USERS.NAME).values("Ann").execute();
                }
            });
            assertEquals(1 + 5, questions(single) - before);
        }
    }

    @Test
    void allReadsSeeTheSameSnapshot() {
        var counts = database.read(session -> {
            var first = users.in(session).all().count();
            users.insert(u -> u.setName("Ann"));
            return List.of(first, users.in(session).all().count());
        });
        assertEquals(List.of(0L, 0L), counts);
    }

    @Test
    void anIsolationLevelAppliesToOneTransaction() {
        try (var single = Database.open(SHOP.options().withPoolSize(1))) {
            var theirs = new UsersRepository(single);
            var committed = TransactionOptions.standard().withIsolation(Isolation.READ_COMMITTED);
            assertEquals(List.of(0L, 1L), single.transactionResult(committed, session -> counts(session, theirs)));
            assertEquals(List.of(1L, 1L), single.transactionResult(session -> counts(session, theirs)));
        }
    }

    private List<Long> counts(Session session, UsersRepository theirs) {
        var first = theirs.in(session).all().count();
        users.insert(u -> u.setName("Ann"));
        return List.of(first, theirs.in(session).all().count());
    }

    @Test
    void aReadOnlyTransactionWritesNothing() {
        for (var write : List.<Session.Body<RuntimeException>>of(
                session -> users.in(session).insert(u -> u.setName("Ann")),
                session -> session.dsl()
                        .insertInto(USERS, USERS.NAME)
                        .values("Ann")
                        .execute())) {
            var failure = assertThrows(
                    OtherFailure.class,
                    () -> database.read(session -> {
                        write.run(session);
                        return 0;
                    }));
            assertEquals(
                    "insert into users: this transaction is read-only. Write, and lock rows, in"
                            + " database.transaction(…).",
                    failure.getMessage());
        }
        assertEquals(0, users.all().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*/ drop table users; /*", "name'", "a\nb", "ünd", "!50000 x"})
    void aNameThatACommentCannotHoldIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> TransactionOptions.named(name));
    }

    @Test
    void aTimeoutIsLongerThanZero() {
        var options = TransactionOptions.standard();
        assertThrows(IllegalArgumentException.class, () -> options.withTimeout(Duration.ZERO));
    }

    @Test
    void aStatementIsStoppedAtTheDeadline() {
        users.insert(u -> u.setName("Ann"));
        var options = TransactionOptions.standard().withTimeout(Duration.ofSeconds(1));
        for (var slow : List.<Session.Body<RuntimeException>>of(
                session ->
                        users.in(session).where(DSL.condition("sleep(20) = 1")).list(),
                session -> session.dsl().fetch("select sleep(20)"),
                session -> users.where(DSL.condition("sleep(20) = 1")).list(), // on another connection
                session -> database.dsl().fetch("select sleep(20)"),
                session ->
                        assertThrows(StatementTimeout.class, () -> session.dsl().fetch("select sleep(20)")))) {
            var start = System.nanoTime();
            var failure = assertThrows(
                    StatementTimeout.class,
                    () -> database.transaction(options, session -> {
                        users.in(session).insert(u -> u.setName("half"));
                        slow.run(session);
                    }));
            assertEquals(
                    "The transaction took longer than its timeout of PT1S and is rolled back."
                            + " Make it do less, or raise TransactionOptions.withTimeout.",
                    failure.getMessage());
            assertTrue(System.nanoTime() - start < 10e9);
        }
        assertEquals(1, users.all().count());
    }

    @Test
    void aBodyThatExceedsTheTimeoutIsRolledBack() {
        var options = TransactionOptions.standard().withTimeout(Duration.ofMillis(300));
        assertThrows(
                StatementTimeout.class,
                () -> database.transaction(options, session -> {
                    users.in(session).insert(u -> u.setName("half"));
                    spin(Duration.ofMillis(301));
                }));
        assertEquals(0, users.all().count());
    }

    @Test
    void retriesCountTowardsTheTimeout() {
        var options = TransactionOptions.standard()
                .withTimeout(Duration.ofMillis(300))
                .withRetry(new RetryPolicy(1_000_000, Duration.ofMillis(1), Duration.ofMillis(1)));
        var runs = new AtomicInteger();
        var failure = assertThrows(
                TransientFailure.class,
                () -> database.transaction(options, session -> {
                    runs.incrementAndGet();
                    spin(Duration.ofMillis(50));
                    throw new TransientFailure("transient", Kind.DEADLOCK, null);
                }));
        assertEquals(Kind.DEADLOCK, failure.kind());
        assertTrue(runs.get() > 1 && runs.get() < 8, "runs: " + runs);
        assertEquals(runs.get() - 1, failure.getSuppressed().length);
    }

    @Test
    void theTimeoutOfATransactionDoesNotStayWithItsPreparedStatements() {
        try (var single = Database.open(SHOP.options().withPoolSize(1))) {
            var theirs = new UsersRepository(single);
            theirs.insert(u -> u.setName("Ann"));
            var slow = DSL.condition("sleep(1.5) = 0");
            var options = TransactionOptions.standard().withTimeout(Duration.ofSeconds(1));

            assertThrows(
                    StatementTimeout.class,
                    () -> single.transaction(
                            options, session -> theirs.in(session).where(slow).list()));
            assertEquals(1, theirs.where(slow).list().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id int)",
                "truncate users",
                "commit",
                "/* x */ rollback",
                "set autocommit = 0",
                "lock tables users write"
            })
    void aStatementThatWouldEndTheTransactionIsRefusedBeforeItRuns(String text) {
        assertThrows(
                IllegalStateException.class,
                () -> database.transaction(session -> {
                    users.in(session).insert(u -> u.setName("half"));
                    var dsl = session.dsl();
                    assertThrows(IllegalStateException.class, () -> dsl.execute(text));
                    assertThrows(
                            IllegalStateException.class,
                            () -> dsl.batch("insert into users (name) values ('half')", text)
                                    .execute());
                    throw new IllegalStateException();
                }));
        assertEquals(0, users.all().count());
    }

    @Test
    void aStatementOfJooqThatWouldEndTheTransactionIsRefusedWithAHint() {
        database.transaction(session -> {
            var ddl = session.dsl().createTable("t").column(USERS.ID);
            var error = assertThrows(IllegalStateException.class, ddl::execute);
            assertEquals(
                    "This statement would end the transaction on the server. Run it with database.dsl(), outside the"
                            + " transaction. The transaction ends with its lambda; session.nested(…) rolls back a part"
                            + " of it.",
                    error.getMessage());
        });
    }

    private static long questions(Database database) {
        var row = database.dsl().fetchSingle("show session status like 'Questions'");
        return Long.parseLong(row.get(1, String.class));
    }

    private static void spin(Duration time) {
        var start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            Thread.onSpinWait();
        }
    }
}
