package dev.rowan;

/**
 * What a load did.
 *
 * @param rows how many rows were written
 * @param form how they were sent
 */
public record Loaded(long rows, Form form) {

    /** How rows were sent. */
    public enum Form {
        /** As files, by LOAD DATA LOCAL: about twice as fast. */
        LOAD_DATA,
        /** By inserts of many rows. */
        INSERTS
    }
}
