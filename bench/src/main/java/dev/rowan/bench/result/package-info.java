/**
 * The results of all iterations, and the figures computed from them: medians, spreads, ratios and ranks.
 *
 * <p>Uses {@code protocol} and {@code config}. Start at {@link dev.rowan.bench.result.ContestResults}.
 */
@NullMarked
package dev.rowan.bench.result;

import org.jspecify.annotations.NullMarked;
