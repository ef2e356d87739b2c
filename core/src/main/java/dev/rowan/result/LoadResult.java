package dev.rowan.result;

/**
 * What a load did.
 *
 * @param rows how many rows were written
 * @param form how they were sent
 */
public record LoadResult(long rows, Form form) {

    /** How rows were sent. */
    public enum Form {
        /** As files, by LOAD DATA LOCAL; a few may have been inserted besides. */
        LOAD_DATA,
        /** By inserts alone. */
        INSERTS
    }
}
