/**
 * The contest: starts a worker process for each contestant, and runs qualifying iterations, warm-up and measured
 * rounds.
 *
 * <p>Uses {@code worker}, {@code result} and what stands below them. Start at {@link dev.rowan.bench.contest.Contest}.
 */
@NullMarked
package dev.rowan.bench.contest;

import org.jspecify.annotations.NullMarked;
