/**
 * The unit of work of a session: which records it holds, what is to be written of them, and in which order. Start at
 * {@link dev.rowan.internal.unitofwork.UnitOfWork}.
 *
 * <p>Uses relation, and an executor to run what it writes.
 */
@NullMarked
package dev.rowan.internal.unitofwork;

import org.jspecify.annotations.NullMarked;
