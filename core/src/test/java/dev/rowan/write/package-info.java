/** Writes as users call them: single records, batches, upserts, bulk loads, large values. */
@NullMarked
package dev.rowan.write;

import org.jspecify.annotations.NullMarked;
