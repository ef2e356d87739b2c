/**
 * Reads: start at {@link dev.rowan.internal.query.Selection} for queries and
 * {@link dev.rowan.internal.query.KeyLookup} for reads by key.
 *
 * <p>Uses executor.
 */
@NullMarked
package dev.rowan.internal.query;

import org.jspecify.annotations.NullMarked;
