package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;

/** By how much each generated key of a multi-row insert is larger than the one before. */
public final class KeyIncrement {

    /**
     * Reads it, on the connection of the insert. In a cluster that changes while connections live, and the driver would
     * go by what it was at first.
     */
    public static final SqlCommand<Long> QUERY =
            SqlCommand.query(null, "select @@auto_increment_increment", new BindValues(), rows -> {
                rows.next();
                return rows.getLong(1);
            });

    private KeyIncrement() {}
}
