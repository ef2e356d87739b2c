package dev.rowan.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a test that is rolled back, on the one connection that the test has. To the code under test it looks
 * like a connection in autocommit, on which transactions begin and end: those are savepoints. Thread-safe.
 */
final class RolledBack {

    /** Gone at the end of the test if anything ended the transaction. */
    private static final String TEST = "rowan_test";

    /** Where a transaction of the code under test begins. */
    private static final String INNER = "rowan_transaction";

    private final Connection connection;
    private @Nullable Throwable borrowedAt;
    private boolean autoCommit = true;
    private boolean open;

    private RolledBack(Connection connection) {
        this.connection = connection;
    }

    static RolledBack begin(Connection connection) throws SQLException {
        var begun = new RolledBack(connection);
        connection.setAutoCommit(false);
        begun.run("SAVEPOINT " + TEST);
        return begun;
    }

    synchronized Connection borrow(Throwable at) {
        if (borrowedAt != null) {
            throw new IllegalStateException(
                    "A test that is rolled back has one connection, and that is borrowed already (see the cause): close"
                            + " it first, or bind the repository to the session by in(session). What needs two at once is"
                            + " tested with restoring() in place of rollingBack().",
                    borrowedAt);
        }
        borrowedAt = at;
        return connection;
    }

    /** Does what a pool does with a connection that comes back: what was not committed is rolled back. */
    synchronized void giveBack() throws SQLException {
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
        if (open) {
            run("RELEASE SAVEPOINT " + INNER);
        }
        next();
    }

    synchronized void rollback() throws SQLException {
        if (open) {
            run("ROLLBACK TO SAVEPOINT " + INNER);
        }
        next();
    }

    /**
     * Does in the test's transaction what the command would do to one of its own, and says whether it did.
     *
     * @throws IllegalStateException if the text would end the test's transaction
     */
    synchronized boolean standIn(Command command, String text) throws SQLException {
        switch (command) {
            case BEGIN -> {
                commit();
                if (!open) {
                    run("SAVEPOINT " + INNER);
                }
                open = true;
            }
            case COMMIT -> commit();
            case ROLLBACK -> rollback();
            case AUTOCOMMIT_ON -> setAutoCommit(true);
            case AUTOCOMMIT_OFF -> setAutoCommit(false);
            case DESCRIBE -> {
                // with one connection there is nobody whom an isolation could keep out
            }
            case SAVEPOINT, WORK -> {
                return false;
            }
            case END ->
                throw new IllegalStateException("A test that is rolled back cannot run what ends its transaction: "
                        + text.strip() + ". Test it with restoring() in place of rollingBack().");
        }
        return true;
    }

    /** Rolls back, ends the connection, and returns what there is to say if something escaped the transaction. */
    synchronized Optional<AssertionError> end() {
        try (connection) {
            run("ROLLBACK TO SAVEPOINT " + TEST);
            connection.rollback();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(new AssertionError(
                    "Something in the test ended the transaction that the test is rolled back by, and what came before"
                            + " may be committed: a procedure that commits, perhaps, or a deadlock. Test it with"
                            + " restoring() in place of rollingBack().",
                    e));
        }
    }

    private void next() throws SQLException {
        if (!autoCommit) {
            run("SAVEPOINT " + INNER);
        }
        open = !autoCommit;
    }

    private void run(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
