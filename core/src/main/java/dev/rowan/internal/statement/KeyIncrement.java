package dev.rowan.internal.statement;

import dev.rowan.internal.codec.BindValues;

/** Reads {@code auto_increment_increment}, the difference between the generated keys of a multi-row insert. */
public final class KeyIncrement {

    /**
     * The query, to be run on the connection of the insert. The value may change while a connection is open, as in a
     * cluster that grows; the driver would use the value from when it connected.
     */
    public static final SqlCommand<Long> QUERY =
            SqlCommand.value(null, "select @@auto_increment_increment", new BindValues(), row -> row.getLong(1));

    private KeyIncrement() {}
}
