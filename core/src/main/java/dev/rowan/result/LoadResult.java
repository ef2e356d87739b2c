package dev.rowan.result;

/**
 * The result of a bulk load. Immutable.
 *
 * @param rows the number of written rows
 * @param form how the rows were sent
 */
public record LoadResult(long rows, Form form) {

    /** How rows were sent. */
    public enum Form {
        /** With LOAD DATA LOCAL INFILE; some rows may have been inserted. */
        LOAD_DATA,
        /** With inserts only. */
        INSERTS
    }
}
