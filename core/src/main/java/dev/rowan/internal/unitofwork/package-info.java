/**
 * The unit of work of a session: its identity map, its pending changes, and the flush that writes them. Start at
 * {@link dev.rowan.internal.unitofwork.UnitOfWork}.
 *
 * <p>Uses flush, which plans the order of its writes, and an executor to run its statements.
 */
@NullMarked
package dev.rowan.internal.unitofwork;

import org.jspecify.annotations.NullMarked;
