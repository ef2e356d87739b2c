/**
 * The reports of a run: the data file, the Markdown page with its description of the environment, and the chart.
 *
 * <p>Uses {@code result} and what stands below it. Start at {@link dev.rowan.bench.report.Report}.
 */
@NullMarked
package dev.rowan.bench.report;

import org.jspecify.annotations.NullMarked;
