/**
 * Queries and keyset pagination: start at {@link dev.rowan.internal.query.Selection} for queries by condition, and
 * {@link dev.rowan.internal.query.KeyLookup} for reads by primary key.
 *
 * <p>Uses executor.
 */
@NullMarked
package dev.rowan.internal.query;

import org.jspecify.annotations.NullMarked;
