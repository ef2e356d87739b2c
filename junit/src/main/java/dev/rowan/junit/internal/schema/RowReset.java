package dev.rowan.junit.internal.schema;

/** What happens between tests to the rows that they write. */
public enum RowReset {
    /** The rows stay. */
    NONE,

    /** Before each test, the tables are restored to the rows of the changelog. */
    RESTORE,

    /** Each test runs in a transaction that is rolled back. */
    ROLL_BACK
}
