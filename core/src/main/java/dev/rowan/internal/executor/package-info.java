/**
 * The interfaces through which repositories run statements: start at {@link dev.rowan.internal.executor.Executor}. The
 * implementations are in session and pool.
 *
 * <p>Uses table.
 */
@NullMarked
package dev.rowan.internal.executor;

import org.jspecify.annotations.NullMarked;
