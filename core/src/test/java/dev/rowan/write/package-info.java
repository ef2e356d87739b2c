/** Tests of writes through the public API: single records, batches, upserts, bulk loads, large values. */
@NullMarked
package dev.rowan.write;

import org.jspecify.annotations.NullMarked;
