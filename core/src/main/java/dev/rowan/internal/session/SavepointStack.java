package dev.rowan.internal.session;

import dev.rowan.internal.table.UndoEntry;
import org.jooq.Transaction;

/** The savepoints of one transaction, named by their depth. Not thread-safe. */
final class SavepointStack {

    /**
     * A point of the transaction to go back to; one of the same depth takes the place of an earlier one.
     *
     * @param actions how many actions were to follow the commit
     * @param writes how many changes of records could be undone
     * @param mark the last change of a record before it
     * @param ofBody whether it is a part of the body, whose rollback undoes what was modified on records, too
     */
    record Savepoint(String name, int depth, int actions, int writes, long mark, boolean ofBody)
            implements Transaction {}

    private final TransactionConnection connection;
    private final String transaction;
    private int depth;

    /** @param transaction the name of the transaction, with which those of its savepoints begin */
    SavepointStack(TransactionConnection connection, String transaction) {
        this.connection = connection;
        this.transaction = transaction;
    }

    Savepoint open(int actions, int writes, boolean ofBody) {
        var name = transaction + "_" + (depth + 1);
        connection.execute("SAVEPOINT " + name);
        depth++;
        return new Savepoint(name, depth, actions, writes, UndoEntry.mark(), ofBody);
    }

    /** Goes on without the savepoint; the server forgets it by itself. */
    void release(Savepoint savepoint) {
        depth = savepoint.depth() - 1;
    }

    /** Undoes on the server what was written since, unless the server has ended the transaction. */
    void rollbackTo(Savepoint savepoint) {
        if (!connection.health().isDoomed()) {
            connection.execute("ROLLBACK TO SAVEPOINT " + savepoint.name());
        }
    }
}
