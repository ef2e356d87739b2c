/**
 * How the contestants use their libraries: the operations that every adapter implements, and what several adapters
 * share.
 *
 * <p>Uses {@code database}. Its subpackages hold one adapter per library: {@code sql} for hand-written SQL, {@code orm}
 * and {@code ebean} for mapped entities, {@code generated} for generated classes. Start at
 * {@link dev.rowan.bench.adapter.LibraryAdapter}.
 */
@NullMarked
package dev.rowan.bench.adapter;

import org.jspecify.annotations.NullMarked;
