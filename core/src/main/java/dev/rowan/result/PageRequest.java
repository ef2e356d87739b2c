package dev.rowan.result;

import java.util.Objects;
import java.util.Optional;

/**
 * A request for one page of a query: the first page, or the page of a token. Immutable.
 *
 * @param token the token of {@link Page#next()} or {@link Page#previous()}: a short text, safe in a URL and valid in
 *     other processes; empty for the first page. It contains the values of the columns that the query is ordered by,
 *     which whoever has it can read.
 * @param size the maximum number of rows, from 1 to 10,000
 */
public record PageRequest(Optional<String> token, int size) {

    private static final int MAXIMUM_SIZE = 10_000;

    /** Checks the size. @throws IllegalArgumentException if it is out of range */
    public PageRequest {
        requireSize(size);
    }

    /** Checks the size of a page. @throws IllegalArgumentException if it is out of range */
    static void requireSize(int size) {
        if (size < 1 || size > MAXIMUM_SIZE) {
            throw new IllegalArgumentException("The size of a page must be from 1 to " + MAXIMUM_SIZE + ".");
        }
    }

    /** Leaves out the token, which contains values of a row. */
    @Override
    public String toString() {
        return "PageRequest[token=" + (token.isPresent() ? "…" : "none") + ", size=" + size + "]";
    }

    /** Returns the request for the first page. */
    public static PageRequest first(int size) {
        return new PageRequest(Optional.empty(), size);
    }

    /** Returns the request for the page of a token, which is checked when the page is read. */
    public static PageRequest at(String token, int size) {
        return new PageRequest(
                Optional.of(
                        Objects.requireNonNull(token, "The token is null: the first page is PageRequest.first(size).")),
                size);
    }
}
