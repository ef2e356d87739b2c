/**
 * The order in which a flush writes what a session was told: a plan, made without a database. Start at {@link
 * dev.rowan.internal.flush.FlushPlanner}.
 *
 * <p>Uses relation. What it plans is written by unitofwork.
 */
@NullMarked
package dev.rowan.internal.flush;

import org.jspecify.annotations.NullMarked;
