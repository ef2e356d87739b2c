package dev.rowan.result;

/**
 * What an upsert did.
 *
 * @param record the record that was given, with the primary key of its row filled in
 * @param outcome what became of the row
 */
public record UpsertResult<R>(R record, Outcome outcome) {

    /** What became of the row. */
    public enum Outcome {
        /** There was none with this key: now there is. */
        INSERTED,
        /** There was one, and it was changed. */
        UPDATED,
        /** There was one, and it says already what the record says. */
        UNCHANGED
    }
}
