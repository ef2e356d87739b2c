package dev.rowan.result;

import java.util.Objects;
import java.util.Optional;

/**
 * Which page, and how long: the first, or the one that a token leads to. Immutable.
 *
 * @param token what {@link Page#next()} or {@link Page#previous()} gave: a short text, safe in a URL, that outlives this
 *     process; empty for the first page. Whoever holds it can read the values of the order's columns in it.
 * @param size the most rows of the page, from 1 to 10,000
 */
public record PageRequest(Optional<String> token, int size) {

    private static final int LARGEST = 10_000;

    /** Checks the size. @throws IllegalArgumentException if it is out of its range */
    public PageRequest {
        if (size < 1 || size > LARGEST) {
            throw new IllegalArgumentException("The size of a page must be from 1 to " + LARGEST + ".");
        }
    }

    /** Returns the request for the first page. */
    public static PageRequest first(int size) {
        return new PageRequest(Optional.empty(), size);
    }

    /** Returns the request for the page that a token leads to; the token is checked when the page is read. */
    public static PageRequest at(String token, int size) {
        return new PageRequest(
                Optional.of(
                        Objects.requireNonNull(token, "The token is null: the first page is PageRequest.first(size).")),
                size);
    }
}
