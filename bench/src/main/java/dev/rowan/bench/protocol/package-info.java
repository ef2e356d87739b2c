/**
 * The messages between the contest and its worker processes: one line of text each over standard input and output.
 *
 * <p>Uses {@code config}. Start at {@link dev.rowan.bench.protocol.IterationRequest}. The workers in Python
 * ({@code worker.py}) implement the same protocol.
 */
@NullMarked
package dev.rowan.bench.protocol;

import org.jspecify.annotations.NullMarked;
