/**
 * Runs single statements in autocommit and whole transactions, retries what fails transiently, and merges concurrent
 * calls: start at {@link dev.rowan.internal.pool.DatabaseExecutor}.
 *
 * <p>Uses session.
 */
@NullMarked
package dev.rowan.internal.pool;

import org.jspecify.annotations.NullMarked;
