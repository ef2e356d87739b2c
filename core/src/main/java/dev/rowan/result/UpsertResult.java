package dev.rowan.result;

/**
 * The result of an upsert. Immutable, except for the record.
 *
 * @param record the record that was passed, with the primary key of its row; in a session that had another record of
 *     the row before, that record, with what was written
 * @param outcome whether the row was inserted, updated or unchanged
 */
public record UpsertResult<R>(R record, Outcome outcome) {

    /** The effect of an upsert on the row. */
    public enum Outcome {
        /** There was no row with this key, and it was inserted. */
        INSERTED,
        /** The row existed, and was changed. */
        UPDATED,
        /** The row existed, and already had the values of the record. */
        UNCHANGED
    }
}
