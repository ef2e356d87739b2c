package dev.rowan.result;

/**
 * A request for one page of a query by its position, counted from the first row. Immutable.
 *
 * @param offset the number of rows before the page
 * @param size the maximum number of rows, from 1 to 10,000
 */
public record OffsetRequest(long offset, int size) {

    /** Checks the offset and the size. @throws IllegalArgumentException if one is out of range */
    public OffsetRequest {
        if (offset < 0) {
            throw new IllegalArgumentException("The offset of a page must not be negative.");
        }
        PageRequest.requireSize(size);
    }

    /**
     * Returns the request for a page by its number.
     *
     * @param number from 1
     * @throws IllegalArgumentException if the number or the size is out of range
     */
    public static OffsetRequest page(long number, int size) {
        if (number < 1 || number > Long.MAX_VALUE / Math.max(size, 1)) {
            throw new IllegalArgumentException(
                    "The number of a page must be from 1, and no larger than a row count allows.");
        }
        return new OffsetRequest((number - 1) * size, size);
    }
}
