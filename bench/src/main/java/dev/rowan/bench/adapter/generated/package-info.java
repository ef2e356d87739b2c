/**
 * Adapters of libraries with generated classes: Rowan and jOOQ, both on the same {@code dev.rowan.bench.schema}.
 *
 * <p>Uses {@code adapter} and {@code database}. Start at {@link dev.rowan.bench.adapter.generated.RowanAdapter}.
 */
@NullMarked
package dev.rowan.bench.adapter.generated;

import org.jspecify.annotations.NullMarked;
