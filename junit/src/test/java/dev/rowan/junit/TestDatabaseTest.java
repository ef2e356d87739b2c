package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import dev.rowan.db.Migrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;

class TestDatabaseTest {

    private static final String SHOP = "shop/changelog.sql";
    private static final String ANN = "INSERT INTO customers (name) VALUES ('Ann')";

    @RegisterExtension
    static final Runs RUNS = new Runs();

    @RegisterExtension
    static final TestDatabase COPY = TestDatabase.of(SHOP);

    @RegisterExtension
    static final TestDatabase EMPTY = TestDatabase.empty();

    @Test
    void aCopyIsWhatTheChangelogMakes() throws SQLException {
        var migrator = Migrator.of(EMPTY.url(), EMPTY.user(), EMPTY.password(), SHOP);
        migrator.update();

        assertEquals(everything(EMPTY), everything(COPY));
    }

    @Test
    void aCopyIsUpToDate() {
        var migrator = Migrator.of(COPY.url(), COPY.user(), COPY.password(), SHOP);

        assertEquals(List.of(), migrator.pending());
    }

    @Test
    void theSchemaSaysWhoseItIs() {
        assertTrue(COPY.url().matches(".*/rowan_test_testdatabasetest_[0-9a-f]{12}(\\?.*)?"), COPY::url);
    }

    @Test
    void noTextShowsThePassword() throws SQLException {
        try (var connection = COPY.dataSource().getConnection()) {
            for (var shown : List.of(COPY, COPY.dataSource(), connection)) {
                assertFalse(!COPY.password().isEmpty() && shown.toString().contains(COPY.password()), shown::toString);
            }
        }
    }

    @Test
    void connectionsAreInUtc() throws SQLException {
        assertEquals(List.of("0"), Db.read(COPY.dataSource(), "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())"));
    }

    @Test
    void statementsAreCountedAndThoseThatEndTransactionsAreNot() throws SQLException {
        COPY.assertStatements(4, () -> {
            try (var connection = COPY.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                Db.run(connection, "SELECT 1", "SAVEPOINT a");
                try (var prepared = connection.prepareStatement("SELECT ?")) {
                    prepared.setInt(1, 1);
                    prepared.executeQuery();
                    for (var i = 0; i < 2; i++) {
                        prepared.addBatch();
                    }
                    assertThrows(SQLException.class, prepared::executeBatch);
                }
                connection.commit();
            }
        });

        assertEquals(List.of("SELECT 1", "SELECT ?", "SELECT ?", "SELECT ?"), COPY.statements());
    }

    @Test
    void anotherNumberOfStatementsFailsAndListsThem() {
        var failure = assertThrows(
                AssertionError.class, () -> COPY.assertStatements(2, () -> Db.run(COPY.dataSource(), "SELECT 1")));

        assertEquals("The body is to run 2 statements, and ran 1:\nSELECT 1", failure.getMessage());
    }

    @Test
    void theDriverIsReachedThroughAConnection() throws SQLException {
        try (var connection = COPY.dataSource().getConnection();
                var statement = connection.createStatement()) {
            assertEquals(connection, statement.getConnection());
            assertTrue(connection.isWrapperFor(JdbcConnection.class));
            assertEquals(
                    connection.unwrap(JdbcConnection.class),
                    statement.unwrap(JdbcStatement.class).getConnection());
        }
    }

    @Test
    void aConnectionThatIsNotClosedFailsItsTestAndNoOther() {
        var outcome = RUNS.run(Leaks.class);

        outcome.assertFailed("bLeaks");
        var borrowedAt = Objects.requireNonNull(
                outcome.assertSays("was not closed", "bLeaks").getCause());
        assertTrue(
                Stream.of(borrowedAt.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("bLeaks")),
                borrowedAt::toString);
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Leaks {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        private static Connection ofAll;

        @BeforeAll
        static void open() throws SQLException {
            ofAll = DB.dataSource().getConnection();
        }

        @AfterAll
        static void close() throws SQLException {
            ofAll.close();
        }

        @Test
        void aLeaksNothing() throws SQLException {
            Db.run(DB.dataSource(), "SELECT 1");
        }

        @Test
        @SuppressWarnings("MustBeClosedChecker")
        void bLeaks() throws SQLException {
            DB.dataSource().getConnection().createStatement();
        }

        @Test
        void cLeaksNothing() throws SQLException {
            Db.run(ofAll, "SELECT 1");
        }
    }

    @Test
    void aConnectionOfTheClassThatIsNotClosedFailsTheClass() {
        RUNS.run(LeaksForAll.class).assertFailed("TestDatabaseTest$LeaksForAll");
    }

    static final class LeaksForAll {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @BeforeAll
        static void open() throws SQLException {
            DB.dataSource().getConnection().createStatement();
        }

        @Test
        void leaksNothing() {}
    }

    @Test
    void anOpenTransactionFailsItsTestAndHoldsUpNoOther() {
        var outcome = RUNS.run(LeavesTransactions.class);

        outcome.assertFailed("bWrites", "dReads");
        outcome.assertSays("a transaction open", "bWrites");
        outcome.assertSays("a transaction open", "dReads");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class LeavesTransactions {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP).restoring();

        private static final List<Connection> CONNECTIONS = new ArrayList<>();

        @AfterAll
        static void close() throws SQLException {
            for (var connection : CONNECTIONS) {
                connection.close();
            }
        }

        @Test
        void aCommits() throws SQLException {
            leaveOpen("BEGIN", ANN, "COMMIT");
        }

        @Test
        void bWrites() throws SQLException {
            leaveOpen("BEGIN", ANN);
        }

        @Test
        void cClosesWhatItBegan() throws SQLException {
            try (var connection = Db.connect(DB)) {
                Db.run(connection, "BEGIN", ANN);
            }
        }

        @Test
        void dReads() throws SQLException {
            leaveOpen("BEGIN", "SELECT * FROM customers");
        }

        private static void leaveOpen(String... texts) throws SQLException {
            var connection = Db.connect(DB);
            CONNECTIONS.add(connection);
            Db.run(connection, texts);
        }
    }

    @Test
    void classesBesideEachOtherDoNotSeeEachOthersRows() {
        RUNS.runInParallel(Here.class, There.class).assertPassed("here", "there");
    }

    /** Where both classes wait for each other, with a row written. */
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    static final class Here {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void here() throws Exception {
            seesOneRow(DB);
        }
    }

    static final class There {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void there() throws Exception {
            seesOneRow(DB);
        }
    }

    private static void seesOneRow(TestDatabase database) throws Exception {
        Db.run(database.dataSource(), ANN);
        BOTH.await(30, TimeUnit.SECONDS);
        assertEquals(List.of("1"), Db.read(database.dataSource(), "SELECT COUNT(*) FROM customers WHERE name = 'Ann'"));
        BOTH.await(30, TimeUnit.SECONDS);
    }

    @Test
    void testsOfOneClassBesideEachOtherAreRefused() {
        var outcome = RUNS.runInParallel(TwoAtOnce.class);

        assertEquals(1, outcome.passed().size());
        assertEquals(1, outcome.failures().size());
        for (var name : outcome.failures().keySet()) {
            outcome.assertSays("Two tests use one TestDatabase at once.", name);
        }
    }

    static final class TwoAtOnce {

        private static final CountDownLatch OTHER_ENDED = new CountDownLatch(1);

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @RegisterExtension
        static final TestWatcher END = new TestWatcher() {
            @Override
            public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
                OTHER_ENDED.countDown();
            }
        };

        @Test
        void first() throws InterruptedException {
            assertTrue(OTHER_ENDED.await(30, TimeUnit.SECONDS));
        }

        @Test
        void second() throws InterruptedException {
            assertTrue(OTHER_ENDED.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void eachTestThatCannotBeginSaysWhy() {
        var outcome = RUNS.run(Unrestorable.class);

        outcome.assertFailed("cannotBegin", "cannotBeginEither");
        outcome.assertSays("TRUNCATE TABLE `customers`", "cannotBegin");
        outcome.assertSays("TRUNCATE TABLE `customers`", "cannotBeginEither");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Unrestorable {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP).restoring();

        @Test
        void aDropsATable() throws SQLException {
            Db.run(DB.dataSource(), "SET foreign_key_checks = 0", "DROP TABLE customers");
        }

        @Test
        void cannotBegin() {}

        @Test
        void cannotBeginEither() {}
    }

    @Test
    void aDatabaseThatParallelClassesInheritIsRefused() {
        var outcome = RUNS.runInParallel(TwinHere.class, TwinThere.class);

        assertEquals(1, outcome.passed().size());
        assertEquals(1, outcome.failures().size());
        for (var name : outcome.failures().keySet()) {
            outcome.assertSays("Two test classes use one TestDatabase", name);
        }
    }

    abstract static class Twin {

        private static final CountDownLatch OTHER_ENDED = new CountDownLatch(1);

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @RegisterExtension
        static final AfterAllCallback END = context -> OTHER_ENDED.countDown();

        @Test
        void waitsForTheOther() throws InterruptedException {
            assertTrue(OTHER_ENDED.await(30, TimeUnit.SECONDS));
        }
    }

    static final class TwinHere extends Twin {}

    static final class TwinThere extends Twin {}

    @Test
    void aDatabaseThatClassesInheritOneAfterTheOtherIsFreshForEach() {
        RUNS.run(HeirHere.class, HeirThere.class).assertPassed("writesItsFirstRow");
    }

    abstract static class Ancestor {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void writesItsFirstRow() throws Exception {
            Db.run(DB.dataSource(), ANN);
            assertEquals(List.of("3"), Db.read(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
        }
    }

    static final class HeirHere extends Ancestor {}

    static final class HeirThere extends Ancestor {}

    @Test
    void nestedClassesHaveTheDatabaseOfTheirClass() {
        RUNS.run(Outer.class).assertPassed("seesTheRow");
    }

    static class Outer {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        private static String url;
        private static String user;
        private static String password;

        @BeforeAll
        static void writeARow() throws SQLException {
            url = DB.url();
            user = DB.user();
            password = DB.password();
            Db.run(DB.dataSource(), ANN);
        }

        @AfterAll
        static void isStillThere() throws SQLException {
            assertEquals(List.of("3"), Db.read(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
        }

        @Nested
        class Inner {

            @Test
            void seesTheRow() throws SQLException {
                assertEquals(url, DB.url());
                assertEquals(List.of("3"), Db.read(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
            }
        }
    }

    @Test
    void aClassLeavesNoSchemaBehind() throws SQLException {
        RUNS.run(Outer.class).assertPassed("seesTheRow");

        assertThrows(IllegalStateException.class, Outer.DB::url);
        var gone = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(Outer.url, Outer.user, Outer.password));
        assertTrue(gone.toString().contains("Unknown database"), gone::toString);
    }

    @Test
    void aTestWhoseInstanceCannotBeMadeHoldsUpNoOther() {
        var outcome = RUNS.run(FailsFirst.class);

        outcome.assertFailed("a");
        outcome.assertSays("the first", "a");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class FailsFirst {

        private static final AtomicInteger MADE = new AtomicInteger();

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        FailsFirst() {
            if (MADE.incrementAndGet() == 1) {
                throw new IllegalStateException("the first");
            }
        }

        @Test
        void a() {}

        @Test
        void b() {}
    }

    @Test
    void aFieldThatIsNotStaticIsToldSo() {
        RUNS.run(NotStatic.class).assertSays("static", "test");
    }

    static final class NotStatic {

        @RegisterExtension
        final TestDatabase db = TestDatabase.of(SHOP);

        @Test
        void test() {}
    }

    /** Returns what the server says of all that is in the schema, and all rows. */
    private static List<String> everything(TestDatabase database) throws SQLException {
        var all = new ArrayList<String>();
        try (var connection = database.dataSource().getConnection()) {
            for (var table : Db.read(connection, "SHOW TABLES")) {
                all.addAll(Db.read(connection, "SHOW CREATE TABLE " + table));
                if (!table.startsWith("DATABASECHANGELOG")) {
                    all.addAll(Db.read(connection, "SELECT * FROM " + table + " ORDER BY 1"));
                }
            }
            all.addAll(Db.read(
                    connection,
                    "SELECT trigger_name, event_object_table, action_timing, event_manipulation,"
                            + " action_statement, sql_mode FROM information_schema.triggers"
                            + " WHERE trigger_schema = DATABASE() ORDER BY 1"));
            all.addAll(Db.read(
                    connection,
                    "SELECT routine_name, routine_type, routine_definition, sql_mode"
                            + " FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1"));
        }
        return all;
    }
}
