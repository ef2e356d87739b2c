package dev.rowan.error;

import org.jooq.Table;

/**
 * Thrown by optimistic locking: the row of a record was changed or deleted since it was read, and writing the record
 * would lose that change. The record was not written.
 */
public final class StaleRecord extends DatabaseException {

    private final Table<?> table;

    /** Creates the error; the message names the table, but no value. */
    public StaleRecord(String message, Table<?> table) {
        super(message, null);
        this.table = table;
    }

    /** Returns the generated table. */
    public Table<?> table() {
        return table;
    }
}
