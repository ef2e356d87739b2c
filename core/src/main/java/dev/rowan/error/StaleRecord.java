package dev.rowan.error;

import org.jooq.Table;

/**
 * A record whose row was changed or deleted since it was read, so that writing it would lose what somebody else did.
 * Nothing of the record was written.
 */
public final class StaleRecord extends DatabaseException {

    private final Table<?> table;

    /** Makes the error; the message names the table, never a value. */
    public StaleRecord(String message, Table<?> table) {
        super(message, null);
        this.table = table;
    }

    /** Returns the table: the generated one. */
    public Table<?> table() {
        return table;
    }
}
