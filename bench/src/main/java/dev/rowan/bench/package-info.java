/**
 * The benchmarks: Rowan, raw JDBC and their peers, compared on one MySQL server.
 *
 * <p>Each package uses only packages before it in this list: {@code database}, {@code config}, {@code protocol},
 * {@code result}, {@code report}, {@code adapter} and its subpackages, {@code worker}, {@code contest}, this one.
 *
 * <p>{@link dev.rowan.bench.Main} is the entry point. Start at {@link dev.rowan.bench.config.Measure} for what is
 * measured, and at {@link dev.rowan.bench.adapter.LibraryAdapter} for how the contestants do it.
 */
@NullMarked
package dev.rowan.bench;

import org.jspecify.annotations.NullMarked;
