package dev.rowan.junit.internal.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a test that is rolled back, on the test's only connection. The code under test sees a connection
 * in autocommit mode; the transactions that it begins and ends are emulated with savepoints. Thread-safe.
 */
final class TestTransaction {

    /** Set when the test begins. If it is gone at the end of the test, something ended the transaction. */
    private static final String OUTER_SAVEPOINT = "rowan_test";

    /** Set where a transaction of the code under test begins. */
    private static final String INNER_SAVEPOINT = "rowan_transaction";

    private final Connection connection;
    private @Nullable Throwable borrowedAt;
    private boolean autoCommit = true;
    private boolean inTransaction;

    private TestTransaction(Connection connection) {
        this.connection = connection;
    }

    static TestTransaction begin(Connection connection) throws SQLException {
        var transaction = new TestTransaction(connection);
        connection.setAutoCommit(false);
        transaction.run("SAVEPOINT " + OUTER_SAVEPOINT);
        return transaction;
    }

    synchronized Connection borrow(Throwable at) {
        if (borrowedAt != null) {
            throw new IllegalStateException(
                    "A test that is rolled back has one connection, and it is already borrowed (see the cause). Close"
                            + " it first, or bind the repository to the session with in(session). To test code that needs"
                            + " two connections at the same time, use restoring() instead of rollingBack().",
                    borrowedAt);
        }
        borrowedAt = at;
        return connection;
    }

    /** Resets the connection as a pool does: what is not committed is rolled back. */
    synchronized void returnConnection() throws SQLException {
        borrowedAt = null;
        autoCommit = true;
        rollback();
    }

    synchronized boolean autoCommit() {
        return autoCommit;
    }

    synchronized void setAutoCommit(boolean on) throws SQLException {
        if (on == autoCommit) {
            return;
        }
        autoCommit = on;
        commit();
    }

    synchronized void commit() throws SQLException {
        if (inTransaction) {
            run("RELEASE SAVEPOINT " + INNER_SAVEPOINT);
        }
        beginNext();
    }

    synchronized void rollback() throws SQLException {
        if (inTransaction) {
            run("ROLLBACK TO SAVEPOINT " + INNER_SAVEPOINT);
        }
        beginNext();
    }

    /**
     * Emulates a statement that begins or ends a transaction.
     *
     * @return whether the statement was emulated; if not, it is to run
     * @throws IllegalStateException if the statement would end the test's transaction
     */
    synchronized boolean emulate(TransactionEffect effect, String sql) throws SQLException {
        switch (effect) {
            case BEGIN -> {
                commit();
                if (!inTransaction) {
                    run("SAVEPOINT " + INNER_SAVEPOINT);
                }
                inTransaction = true;
            }
            case COMMIT -> commit();
            case ROLLBACK -> rollback();
            case AUTOCOMMIT_ON -> setAutoCommit(true);
            case AUTOCOMMIT_OFF -> setAutoCommit(false);
            case SET_TRANSACTION -> {
                // with one connection there is no other transaction to be isolated from
            }
            case SAVEPOINT, NONE -> {
                return false;
            }
            case UNEMULATED_END ->
                throw new IllegalStateException(
                        "A test that is rolled back cannot run a statement that ends its transaction: " + sql.strip()
                                + ". Use restoring() instead of rollingBack().");
        }
        return true;
    }

    /** Rolls back and closes the connection; returns a failure if the transaction had ended before. */
    synchronized Optional<AssertionError> end() {
        try (connection) {
            run("ROLLBACK TO SAVEPOINT " + OUTER_SAVEPOINT);
            connection.rollback();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(new AssertionError(
                    "The transaction of the test ended before the test did, and earlier writes may be committed. A"
                            + " procedure that commits can cause this, and so can a deadlock. Use restoring() instead"
                            + " of rollingBack().",
                    e));
        }
    }

    private void beginNext() throws SQLException {
        if (!autoCommit) {
            run("SAVEPOINT " + INNER_SAVEPOINT);
        }
        inTransaction = !autoCommit;
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
