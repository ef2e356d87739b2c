/**
 * Bulk loads by LOAD DATA LOCAL, or by inserts where that cannot be: start at
 * {@link dev.rowan.internal.load.BulkLoad}.
 *
 * <p>Uses write.
 */
@NullMarked
package dev.rowan.internal.load;

import org.jspecify.annotations.NullMarked;
