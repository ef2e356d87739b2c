/**
 * What a run measures, of which contestants, and how thoroughly: the options of the command line.
 *
 * <p>Uses {@code database}. Start at {@link dev.rowan.bench.config.Measure} and
 * {@link dev.rowan.bench.config.Contestant}: each constant has the name that users type.
 */
@NullMarked
package dev.rowan.bench.config;

import org.jspecify.annotations.NullMarked;
