package dev.rowan.internal.statement;

import static dev.rowan.shop.Tables.USERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.Database;
import dev.rowan.Internals;
import dev.rowan.error.UniqueViolation;
import dev.rowan.internal.codec.BindValues;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.LogOutput;
import dev.rowan.testing.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log and the counters of statements. */
class StatementMonitorTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private static final String LEAKED = "leaked-7f3a";

    @Test
    void aStatementIsLoggedWithItsTextTimeAndRowsAndNoValue() {
        var log = LogOutput.of(() -> {
            SHOP.users().insert(u -> u.setName(LEAKED));
            SHOP.users().where(USERS.NAME.eq(LEAKED)).list();
            SHOP.database().dsl().fetchExists(USERS, USERS.NAME.eq(LEAKED));
        });

        assertFalse(log.contains(LEAKED), log);
        assertTrue(log.contains("insert into `users` (`name`) values (?) ["), log);
        assertTrue(log.contains(" ms, 1 row written]"), log);
        assertEquals(2, log.split(" ms, 1 row read\\]", -1).length - 1, log);
    }

    @Test
    void aFailedStatementIsLoggedByItsKindAlone() {
        SHOP.users().insert(u -> u.setEmail(LEAKED));

        var log = LogOutput.of(() -> {
            assertThrows(UniqueViolation.class, () -> SHOP.users().insert(u -> u.setEmail(LEAKED)));
            assertThrows(
                    UniqueViolation.class,
                    () -> SHOP.database()
                            .dsl()
                            .insertInto(USERS, USERS.EMAIL)
                            .values(LEAKED)
                            .execute());
        });

        assertFalse(log.contains(LEAKED), log);
        assertEquals(2, log.split(" ms, failed: UniqueViolation\\]", -1).length - 1, log);
    }

    @Test
    void valuesAreLoggedIfTheOptionsAllowIt() {
        try (var database = Database.open(SHOP.options().withLoggedValues())) {
            var users = new UsersRepository(database);
            var long200 = "é".repeat(200);
            var log = LogOutput.of(() -> {
                users.where(USERS.NAME.eq("An\nn").and(USERS.AGE.ge(18))).list();
                users.where(USERS.NAME.eq(long200)).list();
                database.dsl().fetchCount(USERS, USERS.NAME.eq("Bob"));
                database.dsl().fetchValue("select length(?)", new byte[16]);
            });

            assertTrue(log.contains(" with 'An n', 18 ["), log);
            assertTrue(log.contains(" with '" + "é".repeat(100) + "…' ["), log);
            assertTrue(log.contains(" with 'Bob' ["), log);
            assertTrue(log.contains(" with 16 bytes ["), log);
        }
    }

    @Test
    void aSlowStatementIsLoggedAtWarnAndCounted() {
        try (var database = Database.open(SHOP.options().withSlowStatement(Duration.ofMillis(100)))) {
            var users = new UsersRepository(database);
            users.insert(u -> u.setName("Ann"));
            var before = database.statistics().slowStatements();
            var log = LogOutput.warningsOf(() -> {
                users.where(DSL.condition("sleep(0.15) = 0")).list();
                database.dsl().fetchValue("select sleep(0.15)");
            });

            assertEquals(2, log.split("WARN dev.rowan.sql - Slow: select ", -1).length - 1, log);
            assertEquals(2, database.statistics().slowStatements() - before);
        }
    }

    @Test
    void statementsRowsAndFailuresAreCounted() {
        try (var database = Database.open(SHOP.options())) {
            var users = new UsersRepository(database);
            users.insert(u -> u.setName("Ann").setEmail("ann@example.org"));
            users.insert(u -> u.setName("Bob"));
            users.all().list();
            users.all().first();
            users.all().count();
            database.dsl().selectFrom(USERS).fetch();
            users.where(USERS.NAME.ne("")).update(u -> u.setAge(40));
            assertThrows(UniqueViolation.class, () -> users.insert(u -> u.setEmail("ann@example.org")));

            var statistics = database.statistics();
            assertEquals(8, statistics.statements());
            assertEquals(1, statistics.failures());
            assertEquals(6, statistics.rowsRead());
            assertEquals(4, statistics.rowsWritten());
            assertTrue(statistics.statementTime().isPositive());
        }
    }

    @Test
    void callersThatWaitForAConnectionAreCounted() throws Exception {
        try (var database = Database.open(SHOP.options().withPoolSize(1));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> waiting = database.transactionResult(session -> {
                var caller = threads.submit(() -> database.dsl().fetchValue("select 1"));
                assertTimeoutPreemptively(Duration.ofSeconds(4), () -> {
                    while (database.statistics().callersWaiting() == 0) {
                        Thread.onSpinWait();
                    }
                });
                return caller;
            });
            waiting.get();
            assertEquals(0, database.statistics().callersWaiting());
        }
    }

    @Test
    void transactionsRetriesAndConnectionsAreCounted() {
        try (var database = Database.open(SHOP.options())) {
            assertEquals(
                    1,
                    database.<Integer, RuntimeException>transactionResult(
                            session -> database.statistics().connectionsInUse()));
            assertThrows(
                    IllegalStateException.class,
                    () -> database.transaction(session -> {
                        throw new IllegalStateException();
                    }));

            var statistics = database.statistics();
            assertEquals(1, statistics.commits());
            assertEquals(1, statistics.rollbacks());
            assertEquals(0, statistics.retries());
            assertEquals(0, statistics.connectionsInUse());
        }
    }

    @Test
    void theTimeOfAQueryExcludesReadingItsRows() {
        var log = LogOutput.of(() -> Internals.executor(SHOP.database())
                .run(SqlCommand.value(USERS, "select 1 from dual where 1 = ?", binds(1), row -> {
                    SHOP.database().dsl().fetchValue("select sleep(0.3)");
                    return List.of(1);
                })));

        var statement = log.lines()
                .filter(line -> line.contains("where 1 = ?"))
                .findFirst()
                .orElseThrow();
        assertTrue(millis(statement) < 300, statement);
    }

    @Test
    void eachReaderCountsItsRows() {
        var none = new BindValues();
        var two = "select 1 union all select 2";

        assertEquals(1, rowsRead(SqlCommand.exists(USERS, "select 1", none)));
        assertEquals(0, rowsRead(SqlCommand.exists(USERS, "select 1 from dual where 1 = 0", none)));
        assertEquals(2, rowsRead(SqlCommand.list(USERS, two, none, row -> row.getInt(1))));
        assertEquals(2, rowsRead(SqlCommand.forEach(USERS, two, none, row -> assertTrue(row.getInt(1) > 0))));
    }

    private static long rowsRead(SqlCommand<?> command) {
        var before = SHOP.database().statistics().rowsRead();
        Internals.executor(SHOP.database()).run(command);
        return SHOP.database().statistics().rowsRead() - before;
    }

    @Test
    void theRowsOfAStreamAreCountedUpToTheLastOneRead() {
        for (var name : List.of("Ann", "Bob", "Cid")) {
            SHOP.user(name, 31);
        }

        var log = LogOutput.of(() -> {
            SHOP.users().all().<Long, RuntimeException>stream(rows -> rows.count());
            SHOP.users().all().<Object, RuntimeException>stream(
                    rows -> rows.limit(2).map(UsersRecord::getId).toList());
        });

        assertTrue(log.contains(" ms, 3 rows read]"), log);
        assertTrue(log.contains(" ms, 2 rows read]"), log);
    }

    private static double millis(String line) {
        return Double.parseDouble(line.replaceAll(".*\\[([0-9.]+) ms.*", "$1"));
    }

    private static BindValues binds(int value) {
        return new BindValues().add(DSL.val(value));
    }
}
