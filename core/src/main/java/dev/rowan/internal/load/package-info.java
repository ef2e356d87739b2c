/**
 * Bulk loads by LOAD DATA LOCAL INFILE, or by inserts if that is not possible: start at
 * {@link dev.rowan.internal.load.BulkLoad}.
 *
 * <p>Uses write.
 */
@NullMarked
package dev.rowan.internal.load;

import org.jspecify.annotations.NullMarked;
