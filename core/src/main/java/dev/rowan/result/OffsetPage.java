package dev.rowan.result;

import java.util.List;

/**
 * One page of rows by its position, with the total number of rows. Immutable, except for the records.
 *
 * @param items the rows, in the order of the query; none after the last page
 * @param request what was requested
 * @param total the number of rows on all pages
 */
public record OffsetPage<E>(List<E> items, OffsetRequest request, long total) {

    /** Copies the list. */
    public OffsetPage {
        items = List.copyOf(items);
    }

    /** Returns the number of this page, from 1. */
    public long number() {
        return request.offset() / request.size() + 1;
    }

    /** Returns the number of pages of this size. */
    public long pages() {
        return (total + request.size() - 1) / request.size();
    }

    /** Returns whether there are rows after this page. */
    public boolean hasNext() {
        return request.offset() + request.size() < total;
    }
}
