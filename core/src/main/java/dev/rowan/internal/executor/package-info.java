/**
 * Where the statements of repositories run: {@link dev.rowan.internal.executor.Executor}, and what learns of the records
 * that are read and written. Interfaces; the implementations are in session and pool.
 *
 * <p>Uses table.
 */
@NullMarked
package dev.rowan.internal.executor;

import org.jspecify.annotations.NullMarked;
