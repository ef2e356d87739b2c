/**
 * Takes connections from the pool, for single statements in autocommit and for whole transactions; retries after
 * transient failures; and coalesces concurrent calls. Start at {@link dev.rowan.internal.pool.DatabaseExecutor}: its
 * {@code run} leads to {@link dev.rowan.internal.pool.CallMerger} and {@link dev.rowan.internal.pool.RetryLoop}.
 *
 * <p>Uses session.
 */
@NullMarked
package dev.rowan.internal.pool;

import org.jspecify.annotations.NullMarked;
