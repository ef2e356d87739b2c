package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import dev.rowan.db.Migrator;
import dev.rowan.junit.testing.SqlRunner;
import dev.rowan.junit.testing.TestClassRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    static final TestClassRunner RUNNER = new TestClassRunner();

    @RegisterExtension
    static final TestDatabase COPY = TestDatabase.of(SHOP);

    @RegisterExtension
    static final TestDatabase EMPTY = TestDatabase.empty();

    @Test
    void aCopyEqualsWhatTheChangelogCreates() throws SQLException {
        var migrator = Migrator.of(EMPTY.url(), EMPTY.user(), EMPTY.password(), SHOP);
        migrator.update();

        assertEquals(contents(EMPTY), contents(COPY));
    }

    @Test
    void aCopyIsUpToDate() {
        var migrator = Migrator.of(COPY.url(), COPY.user(), COPY.password(), SHOP);

        assertEquals(List.of(), migrator.pending());
    }

    @Test
    void theNameOfTheSchemaContainsTheTestClass() {
        assertTrue(COPY.url().matches(".*/rowan_test_testdatabasetest_[0-9a-f]{12}(\\?.*)?"), COPY::url);
    }

    @Test
    void noStringFormContainsThePassword() throws SQLException {
        try (var connection = COPY.dataSource().getConnection()) {
            for (var shown : List.of(COPY, COPY.dataSource(), connection)) {
                assertFalse(!COPY.password().isEmpty() && shown.toString().contains(COPY.password()), shown::toString);
            }
        }
    }

    @Test
    void connectionsAreInUtc() throws SQLException {
        assertEquals(
                List.of("0"),
                SqlRunner.query(COPY.dataSource(), "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())"));
    }

    @Test
    void statementsAreRecordedExceptThoseThatOnlyControlTransactions() throws SQLException {
        COPY.assertStatements(4, () -> {
            try (var connection = COPY.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                SqlRunner.execute(connection, "SELECT 1", "SAVEPOINT a");
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
    void anUnexpectedNumberOfStatementsFailsAndListsThem() {
        var failure = assertThrows(
                AssertionError.class,
                () -> COPY.assertStatements(2, () -> SqlRunner.execute(COPY.dataSource(), "SELECT 1")));

        assertEquals("Expected 2 statements, but 1 ran:\nSELECT 1", failure.getMessage());
    }

    @Test
    void unwrapReachesTheDriver() throws SQLException {
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
    void anUnclosedConnectionFailsItsTestAndNoOther() {
        var result = RUNNER.run(Leaks.class);

        result.assertFailed("bLeaks");
        var borrowedAt = Objects.requireNonNull(
                result.assertMessageContains("was not closed", "bLeaks").getCause());
        assertTrue(
                Stream.of(borrowedAt.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("bLeaks")),
                borrowedAt::toString);
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Leaks {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        private static Connection ofClass;

        @BeforeAll
        static void open() throws SQLException {
            ofClass = DB.dataSource().getConnection();
        }

        @AfterAll
        static void close() throws SQLException {
            ofClass.close();
        }

        @Test
        void aLeaksNothing() throws SQLException {
            SqlRunner.execute(DB.dataSource(), "SELECT 1");
        }

        @Test
        @SuppressWarnings("MustBeClosedChecker")
        void bLeaks() throws SQLException {
            DB.dataSource().getConnection().createStatement();
        }

        @Test
        void cLeaksNothing() throws SQLException {
            SqlRunner.execute(ofClass, "SELECT 1");
        }
    }

    @Test
    void anUnclosedConnectionOfBeforeAllFailsTheClass() {
        RUNNER.run(LeaksInBeforeAll.class).assertFailed("TestDatabaseTest$LeaksInBeforeAll");
    }

    static final class LeaksInBeforeAll {

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
    void anOpenTransactionFailsItsTestAndBlocksNoOther() {
        var result = RUNNER.run(LeavesTransactions.class);

        result.assertFailed("bWrites", "dReads");
        result.assertMessageContains("a transaction open", "bWrites");
        result.assertMessageContains("a transaction open", "dReads");
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
            leaveOpen("BEGIN", ANN, "COMMIT AND NO CHAIN");
        }

        @Test
        void bWrites() throws SQLException {
            leaveOpen("BEGIN", ANN);
        }

        @Test
        void cClosesItsConnection() throws SQLException {
            try (var connection = SqlRunner.connect(DB)) {
                SqlRunner.execute(connection, "BEGIN", ANN);
            }
        }

        @Test
        void dReads() throws SQLException {
            leaveOpen("BEGIN", "SELECT * FROM customers");
        }

        private static void leaveOpen(String... texts) throws SQLException {
            var connection = SqlRunner.connect(DB);
            CONNECTIONS.add(connection);
            SqlRunner.execute(connection, texts);
        }
    }

    @Test
    void parallelClassesDoNotSeeEachOthersRows() {
        RUNNER.runInParallel(First.class, Second.class).assertPassed("first", "second");
    }

    /** Both classes wait here for each other, after each has written a row. */
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    static final class First {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void first() throws Exception {
            seesOneRow(DB);
        }
    }

    static final class Second {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void second() throws Exception {
            seesOneRow(DB);
        }
    }

    private static void seesOneRow(TestDatabase database) throws Exception {
        SqlRunner.execute(database.dataSource(), ANN);
        BOTH.await(30, TimeUnit.SECONDS);
        assertEquals(
                List.of("1"),
                SqlRunner.query(database.dataSource(), "SELECT COUNT(*) FROM customers WHERE name = 'Ann'"));
        BOTH.await(30, TimeUnit.SECONDS);
    }

    @Test
    void parallelTestsOfOneClassAreRejected() {
        var result = RUNNER.runInParallel(ParallelTests.class);

        assertEquals(1, result.passed().size());
        assertEquals(1, result.failures().size());
        for (var name : result.failures().keySet()) {
            result.assertMessageContains("Two tests use one TestDatabase at the same time.", name);
        }
    }

    static final class ParallelTests {

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
    void eachTestThatCannotBeginReportsTheReason() {
        var result = RUNNER.run(Unrestorable.class);

        result.assertFailed("cannotBegin", "cannotBeginEither");
        result.assertMessageContains("TRUNCATE TABLE `customers`", "cannotBegin");
        result.assertMessageContains("TRUNCATE TABLE `customers`", "cannotBeginEither");
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Unrestorable {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP).restoring();

        @Test
        void aDropsATable() throws SQLException {
            SqlRunner.execute(DB.dataSource(), "SET foreign_key_checks = 0", "DROP TABLE customers");
        }

        @Test
        void cannotBegin() {}

        @Test
        void cannotBeginEither() {}
    }

    @Test
    void anInheritedDatabaseInParallelClassesIsRejected() {
        var result = RUNNER.runInParallel(ParallelFirst.class, ParallelSecond.class);

        assertEquals(1, result.passed().size());
        assertEquals(1, result.failures().size());
        for (var name : result.failures().keySet()) {
            result.assertMessageContains("Two test classes use one TestDatabase", name);
        }
    }

    abstract static class ParallelBase {

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

    static final class ParallelFirst extends ParallelBase {}

    static final class ParallelSecond extends ParallelBase {}

    @Test
    void anInheritedDatabaseInConsecutiveClassesIsNewForEach() {
        RUNNER.run(ConsecutiveFirst.class, ConsecutiveSecond.class).assertPassed("writesItsFirstRow");
    }

    abstract static class ConsecutiveBase {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of(SHOP);

        @Test
        void writesItsFirstRow() throws Exception {
            SqlRunner.execute(DB.dataSource(), ANN);
            assertEquals(List.of("3"), SqlRunner.query(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
        }
    }

    static final class ConsecutiveFirst extends ConsecutiveBase {}

    static final class ConsecutiveSecond extends ConsecutiveBase {}

    @Test
    void nestedClassesShareTheDatabaseOfTheirClass() {
        RUNNER.run(Outer.class).assertPassed("seesTheRow");
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
            SqlRunner.execute(DB.dataSource(), ANN);
        }

        @AfterAll
        static void isStillThere() throws SQLException {
            assertEquals(List.of("3"), SqlRunner.query(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
        }

        @Nested
        class Inner {

            @Test
            void seesTheRow() throws SQLException {
                assertEquals(url, DB.url());
                assertEquals(
                        List.of("3"), SqlRunner.query(DB.dataSource(), "SELECT id FROM customers WHERE name = 'Ann'"));
            }
        }
    }

    @Test
    void theSchemaIsDroppedAfterTheClass() throws SQLException {
        RUNNER.run(Outer.class).assertPassed("seesTheRow");

        assertThrows(IllegalStateException.class, Outer.DB::url);
        var gone = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(Outer.url, Outer.user, Outer.password));
        assertTrue(gone.toString().contains("Unknown database"), gone::toString);
    }

    @Test
    void aTestWhoseConstructorFailsBlocksNoOther() {
        var result = RUNNER.run(FailsFirst.class);

        result.assertFailed("a");
        result.assertMessageContains("the first", "a");
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
    void aFieldThatIsNotStaticIsReported() {
        RUNNER.run(NotStatic.class).assertMessageContains("static", "test");
    }

    static final class NotStatic {

        @RegisterExtension
        final TestDatabase db = TestDatabase.of(SHOP);

        @Test
        void test() {}
    }

    /** Returns the definitions and rows of everything in the schema. */
    private static List<String> contents(TestDatabase database) throws SQLException {
        var contents = new ArrayList<String>();
        try (var connection = database.dataSource().getConnection()) {
            for (var table : SqlRunner.query(connection, "SHOW TABLES")) {
                contents.addAll(SqlRunner.query(connection, "SHOW CREATE TABLE " + table));
                if (!table.toUpperCase(Locale.ROOT).startsWith("DATABASECHANGELOG")) {
                    contents.addAll(SqlRunner.query(connection, "SELECT * FROM " + table + " ORDER BY 1"));
                }
            }
            contents.addAll(SqlRunner.query(
                    connection,
                    "SELECT trigger_name, event_object_table, action_timing, event_manipulation,"
                            + " action_statement, sql_mode FROM information_schema.triggers"
                            + " WHERE trigger_schema = DATABASE() ORDER BY 1"));
            contents.addAll(SqlRunner.query(
                    connection,
                    "SELECT routine_name, routine_type, routine_definition, sql_mode"
                            + " FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1"));
        }
        return contents;
    }
}
