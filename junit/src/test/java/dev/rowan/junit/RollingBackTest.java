package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.junit.testing.SqlRunner;
import dev.rowan.junit.testing.TestClassRunner;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollingBackTest {

    @RegisterExtension
    static final TestClassRunner RUNNER = new TestClassRunner();

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").rollingBack();

    private static final String ANN = "INSERT INTO customers (name) VALUES ('Ann')";
    private static final String BOB = "INSERT INTO customers (name) VALUES ('Bob')";

    @BeforeAll
    static void writeRowsOfAllTests() throws SQLException {
        SqlRunner.execute(DB.dataSource(), "INSERT INTO diary VALUES ('before all')");
    }

    @AfterEach
    void otherConnectionsDoNotSeeTheRowsOfTheTest() throws SQLException {
        try (var other = SqlRunner.connect(DB)) {
            assertEquals(
                    List.of("the house", "the keeper"),
                    SqlRunner.query(other, "SELECT name FROM customers ORDER BY id"));
        }
    }

    @Test
    void rowsWrittenInBeforeAllStay() throws SQLException {
        assertEquals(
                List.of("before all"),
                SqlRunner.query(DB.dataSource(), "SELECT entry FROM diary WHERE entry LIKE 'b%'"));
    }

    @Test
    void theNextConnectionSeesAStatementInAutocommitMode() throws SQLException {
        SqlRunner.execute(DB.dataSource(), ANN);

        assertEquals(List.of("Ann"), addedCustomers());
    }

    @Test
    void aFailedStatementInAutocommitModeWritesNothing() throws SQLException {
        assertThrows(
                SQLException.class,
                () -> SqlRunner.execute(DB.dataSource(), "INSERT INTO customers (name) VALUES ('Ann'), (NULL)"));

        assertEquals(List.of(), addedCustomers());
    }

    @Test
    void aRollbackUndoesWritesSinceTheLastCommit() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertFalse(connection.getAutoCommit());
            SqlRunner.execute(connection, ANN);
            connection.commit();
            SqlRunner.execute(connection, BOB);
            connection.rollback();
            SqlRunner.execute(
                    connection, BOB, "SAVEPOINT a", "DELETE FROM customers WHERE name = 'Ann'", "ROLLBACK TO a");
            connection.setAutoCommit(true);
            assertTrue(connection.getAutoCommit());
        }

        assertEquals(List.of("Ann", "Bob"), addedCustomers());
    }

    @Test
    void transactionsBegunByStatementsAreEmulated() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            SqlRunner.execute(connection, "START TRANSACTION", ANN, "COMMIT");
            SqlRunner.execute(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "BEGIN", BOB, "ROLLBACK");
            SqlRunner.execute(connection, "SET autocommit = 0", BOB, "SET autocommit = 1");
            try (var prepared = connection.prepareStatement("START TRANSACTION")) {
                assertFalse(prepared.execute());
                assertEquals(0, prepared.executeUpdate());
                assertEquals(0L, prepared.executeLargeUpdate());
            }
            SqlRunner.execute(connection, "DELETE FROM customers WHERE name IN ('Ann', 'Bob')", "ROLLBACK");
        }

        assertEquals(List.of("Ann", "Bob"), addedCustomers());
    }

    @Test
    void jdbcSavepointsWork() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            SqlRunner.execute(connection, ANN);
            var savepoint = connection.setSavepoint();
            SqlRunner.execute(connection, BOB);
            connection.rollback(savepoint);
            connection.commit();
        }

        assertEquals(List.of("Ann"), addedCustomers());
    }

    @Test
    void closingTheConnectionRollsBackUncommittedWrites() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            SqlRunner.execute(connection, ANN);
        }
        var aborted = DB.dataSource().getConnection();
        SqlRunner.execute(aborted, "BEGIN", BOB);
        aborted.abort(Runnable::run);
        assertTrue(aborted.isClosed());

        assertEquals(List.of(), addedCustomers());
    }

    @Test
    void aClosedConnectionCannotBeUsed() throws SQLException {
        var connection = DB.dataSource().getConnection();
        var statement = connection.createStatement();
        connection.close();
        connection.close();

        assertTrue(connection.isClosed());
        assertThrows(SQLException.class, connection::createStatement);
        assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
    }

    @Test
    void aSecondConnectionAtTheSameTimeIsRejected() throws Exception {
        try (var first = DB.dataSource().getConnection();
                var other = Executors.newSingleThreadExecutor()) {
            assertFalse(first.isClosed());
            var refused = other.submit(() -> assertThrows(IllegalStateException.class, DB.dataSource()::getConnection))
                    .get();

            for (var words : List.of("one connection", "in(session)", "restoring()")) {
                assertTrue(String.valueOf(refused.getMessage()).contains(words), refused::toString);
            }
            assertTrue(String.valueOf(refused.getCause()).contains("borrowed here"), refused::toString);
        }
    }

    @Test
    void statementsThatCommitImplicitlyAreRejected() throws SQLException {
        try (var connection = DB.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(ANN);
            for (var text : List.of("CREATE TABLE t (id INT)", "TRUNCATE diary", "COMMIT AND CHAIN")) {
                var refused = assertThrows(IllegalStateException.class, () -> statement.execute(text));
                assertTrue(refused.toString().contains(text), refused::toString);
            }
            statement.addBatch("COMMIT");
            assertThrows(IllegalStateException.class, statement::executeBatch);
            statement.execute("CREATE TEMPORARY TABLE t (id INT)");
        }
    }

    @Test
    void aHiddenCommitFailsTheTest() {
        RUNNER.run(CallsCommittingProcedure.class).assertMessageContains("ended before the test did", "commits");
    }

    static final class CallsCommittingProcedure {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").rollingBack();

        @Test
        void commits() throws SQLException {
            SqlRunner.execute(DB.dataSource(), "CALL close_shop()");
        }
    }

    private static List<String> addedCustomers() throws SQLException {
        return SqlRunner.query(DB.dataSource(), "SELECT name FROM customers WHERE id > 2 ORDER BY id");
    }
}
