package dev.rowan.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollingBackTest {

    @RegisterExtension
    static final Runs RUNS = new Runs();

    @RegisterExtension
    static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").rollingBack();

    private static final String ANN = "INSERT INTO customers (name) VALUES ('Ann')";
    private static final String BOB = "INSERT INTO customers (name) VALUES ('Bob')";

    @BeforeAll
    static void writeWhatEachTestHas() throws SQLException {
        Db.run(DB.dataSource(), "INSERT INTO diary VALUES ('before all')");
    }

    @AfterEach
    void nobodyElseSeesWhatTheTestWrote() throws SQLException {
        try (var other = Db.connect(DB)) {
            assertEquals(List.of("the house", "the keeper"), Db.read(other, "SELECT name FROM customers ORDER BY id"));
        }
    }

    @Test
    void whatWasWrittenBeforeAllTestsIsThere() throws SQLException {
        assertEquals(List.of("before all"), Db.read(DB.dataSource(), "SELECT entry FROM diary WHERE entry LIKE 'b%'"));
    }

    @Test
    void aStatementInAutocommitIsThereForTheNextConnection() throws SQLException {
        Db.run(DB.dataSource(), ANN);

        assertEquals(List.of("Ann"), added());
    }

    @Test
    void aFailedStatementInAutocommitLeavesNothing() throws SQLException {
        assertThrows(
                SQLException.class,
                () -> Db.run(DB.dataSource(), "INSERT INTO customers (name) VALUES ('Ann'), (NULL)"));

        assertEquals(List.of(), added());
    }

    @Test
    void aCommitKeepsAndARollbackUndoesWhatCameSince() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertFalse(connection.getAutoCommit());
            Db.run(connection, ANN);
            connection.commit();
            Db.run(connection, BOB);
            connection.rollback();
            Db.run(connection, BOB, "SAVEPOINT a", "DELETE FROM customers WHERE name = 'Ann'", "ROLLBACK TO a");
            connection.setAutoCommit(true);
            assertTrue(connection.getAutoCommit());
        }

        assertEquals(List.of("Ann", "Bob"), added());
    }

    @Test
    void transactionsByTheirTextsAreTransactionsToo() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            Db.run(connection, "START TRANSACTION", ANN, "COMMIT");
            Db.run(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "BEGIN", BOB, "ROLLBACK");
            Db.run(connection, "SET autocommit = 0", BOB, "SET autocommit = 1");
            try (var prepared = connection.prepareStatement("START TRANSACTION")) {
                assertFalse(prepared.execute());
                assertEquals(0, prepared.executeUpdate());
                assertEquals(0L, prepared.executeLargeUpdate());
            }
            Db.run(connection, "DELETE FROM customers WHERE name IN ('Ann', 'Bob')", "ROLLBACK");
        }

        assertEquals(List.of("Ann", "Bob"), added());
    }

    @Test
    void savepointsOfTheDriverWork() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Db.run(connection, ANN);
            var savepoint = connection.setSavepoint();
            Db.run(connection, BOB);
            connection.rollback(savepoint);
            connection.commit();
        }

        assertEquals(List.of("Ann"), added());
    }

    @Test
    void whatIsNotCommittedIsRolledBackWithTheConnection() throws SQLException {
        try (var connection = DB.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Db.run(connection, ANN);
        }
        var aborted = DB.dataSource().getConnection();
        Db.run(aborted, "BEGIN", BOB);
        aborted.abort(Runnable::run);
        assertTrue(aborted.isClosed());

        assertEquals(List.of(), added());
    }

    @Test
    void aClosedConnectionIsClosed() throws SQLException {
        var connection = DB.dataSource().getConnection();
        var statement = connection.createStatement();
        connection.close();
        connection.close();

        assertTrue(connection.isClosed());
        assertThrows(SQLException.class, connection::createStatement);
        assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
    }

    @Test
    void aSecondConnectionAtOnceIsRefused() throws Exception {
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
    void whatEndsTransactionsIsRefused() throws SQLException {
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
    void whatEndsTheTransactionUnseenFailsTheTest() {
        RUNS.run(CallsWhatCommits.class).assertSays("ended the transaction that the test is rolled back by", "commits");
    }

    static final class CallsWhatCommits {

        @RegisterExtension
        static final TestDatabase DB = TestDatabase.of("shop/changelog.sql").rollingBack();

        @Test
        void commits() throws SQLException {
            Db.run(DB.dataSource(), "CALL close_shop()");
        }
    }

    private static List<String> added() throws SQLException {
        return Db.read(DB.dataSource(), "SELECT name FROM customers WHERE id > 2 ORDER BY id");
    }
}
