package dev.rowan.observe;

import java.util.Optional;

/** A statement that an observer is told of. The values are computed when they are first asked for. */
public interface ObservedStatement {

    /**
     * Returns the SQL keywords of the statement, such as {@code SELECT}, {@code START TRANSACTION} or, for a batch of
     * jOOQ, {@code BATCH INSERT}; {@code OTHER} if the first word is not one that Rowan knows.
     */
    String operation();

    /** Returns the name of its table; empty if it has none, or several. */
    Optional<String> table();

    /** Returns the operation and the table, such as {@code SELECT users}: a few for each table. */
    String summary();

    /**
     * Returns the SQL with a {@code ?} in place of each value and each list of values, also of those that are literals,
     * without comments, and 2,000 characters at most.
     */
    String text();

    /** Returns how many statements a batch of jOOQ has; 1 for all others. */
    int batchSize();

    /** Returns how many concurrent calls were merged into the statement; 1 for all others. */
    int calls();

    /** Returns where it runs. */
    ObservedServer server();
}
