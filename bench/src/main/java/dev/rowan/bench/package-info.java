/**
 * Rowan, raw JDBC and their peers, measured side by side on one server: {@link dev.rowan.bench.Main} is where it begins,
 * {@link dev.rowan.bench.Measure} is what is measured, and a {@link dev.rowan.bench.Contestant} is who takes part.
 */
@NullMarked
package dev.rowan.bench;

import org.jspecify.annotations.NullMarked;
