package dev.rowan;

/** By how much each generated key of a multi-row insert is larger than the one before. */
final class KeyStep {

    /**
     * Reads it, on the connection of the insert. In a cluster that changes while connections live, and the driver would
     * go by what it was at first.
     */
    static final Call<Long> QUERY = Call.query(null, "select @@auto_increment_increment", new Binds(), rows -> {
        rows.next();
        return rows.getLong(1);
    });

    private KeyStep() {}
}
