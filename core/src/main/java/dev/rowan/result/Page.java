package dev.rowan.result;

import java.util.List;
import java.util.Optional;

/**
 * One page of rows, with the requests for its neighbours. Immutable, except for the records.
 *
 * @param items the rows, in the order of the query
 * @param next the request for the page after this one; empty on the last page
 * @param previous the request for the page before this one; empty on the first page
 */
public record Page<R>(List<R> items, Optional<PageRequest> next, Optional<PageRequest> previous) {

    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }
}
