package dev.rowan.internal.connection;

import dev.rowan.error.TransientFailure;
import dev.rowan.internal.connection.TransactionEnding.ServerState;
import dev.rowan.internal.driver.ConnectorJ;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that the server has ended, while their owner may go on: at the owner's next statement the server
 * would begin another transaction, and half of the work would be committed. Thread-safe.
 *
 * <p>Such a connection gets a transaction that only reads, so that the server refuses the owner's own writes. A
 * savepoint in it tells whether the owner has ended it.
 */
final class EndedTransactions {

    private static final String MARK = "rowan_ended";

    private final Map<Object, TransientFailure> byConnection = Collections.synchronizedMap(new WeakHashMap<>());

    /** Adds the transaction of a connection. */
    void add(Connection borrowed, TransientFailure ending) {
        try {
            var connection = driver(borrowed);
            if (connection == null) {
                return;
            }
            execute(connection, "ROLLBACK");
            execute(connection, "START TRANSACTION READ ONLY");
            execute(connection, "SAVEPOINT " + MARK);
            byConnection.put(connection, ending);
        } catch (SQLException e) {
            // the connection is lost, and takes no statement of the owner
        }
    }

    /** Checks that the transaction of a connection is open. @throws TransientFailure that names the first failure */
    void requireOpen(Connection borrowed) {
        if (byConnection.isEmpty()) {
            return;
        }
        try {
            var connection = driver(borrowed);
            var ending = connection == null ? null : byConnection.remove(connection);
            if (connection == null || ending == null) {
                return;
            }
            execute(connection, "ROLLBACK TO SAVEPOINT " + MARK);
            byConnection.put(connection, ending);
            throw TransactionEnding.refusal(ending);
        } catch (SQLException e) {
            // the owner has ended it, with its savepoints, and has begun another one; or the connection is lost
        }
    }

    /** Asks the server about the transaction of a connection: the status in its answer says whether one is open. */
    static ServerState state(Connection borrowed) {
        try {
            var connection = driver(borrowed);
            if (connection == null) {
                return ServerState.CONNECTION_LOST;
            }
            execute(connection, "DO 0");
            var driver = ConnectorJ.behind(connection);
            return driver != null && driver.isInTransaction() ? ServerState.OPEN : ServerState.ROLLED_BACK;
        } catch (SQLException e) {
            return ServerState.ROLLED_BACK; // without an answer, a commit could be half of the transaction
        }
    }

    /** Returns the driver's connection: a proxy of the owner's may refuse statements after a failure. */
    private static @Nullable Connection driver(Connection borrowed) throws SQLException {
        var driver = ConnectorJ.behind(borrowed);
        return driver == null ? null : driver.connection();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
