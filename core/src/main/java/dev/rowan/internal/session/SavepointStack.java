package dev.rowan.internal.session;

import dev.rowan.error.DatabaseException;
import dev.rowan.internal.table.UndoEntry;
import org.jooq.Transaction;

/** The savepoints of one transaction, which are named by their depth. Not thread-safe. */
final class SavepointStack {

    /**
     * A savepoint, and the state of the session that a rollback to it restores. A savepoint replaces an earlier one of
     * the same depth.
     *
     * @param actions how many afterCommit actions there were
     * @param changes how many changes of records the undo log held
     * @param mark separates the changes of records made before the savepoint from those made after it
     * @param ofBody whether the body opened it: then a rollback discards unwritten changes of records too
     */
    record Savepoint(String name, int depth, int actions, int changes, long mark, boolean ofBody)
            implements Transaction {}

    private final TransactionConnection connection;
    private final String transaction;
    private int depth;

    /** @param transaction the prefix of the savepoints' names */
    SavepointStack(TransactionConnection connection, String transaction) {
        this.connection = connection;
        this.transaction = transaction;
    }

    Savepoint open(int actions, int changes, boolean ofBody) {
        var name = transaction + "_" + (depth + 1);
        connection.execute("SAVEPOINT " + name);
        depth++;
        return new Savepoint(name, depth, actions, changes, UndoEntry.mark(), ofBody);
    }

    /** Returns the state of the session at a savepoint that other code has set on the server. */
    Savepoint external(int actions, int changes) {
        return new Savepoint("", depth, actions, changes, UndoEntry.mark(), true);
    }

    /** Removes the savepoint from the stack. The server keeps it until the commit, or until another replaces it. */
    void release(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
    }

    /**
     * Rolls back to the savepoint on the server, unless the server has ended the transaction. If that fails, what the
     * savepoint was to undo may still be there, or what came before it may be gone: the transaction cannot go on.
     */
    void rollbackTo(Savepoint savepoint) {
        if (connection.health().isEndedByServer()) {
            return;
        }
        try {
            connection.execute("ROLLBACK TO SAVEPOINT " + savepoint.name());
        } catch (DatabaseException failure) {
            connection.doom(failure);
            throw failure;
        }
    }
}
