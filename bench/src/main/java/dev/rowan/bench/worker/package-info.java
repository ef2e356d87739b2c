/**
 * The worker process of one contestant: it runs JMH benchmarks on request and answers with their results.
 *
 * <p>Uses {@code adapter} and its subpackages, {@code protocol}, {@code config} and {@code database}. Start at
 * {@link dev.rowan.bench.worker.WorkerMain}, then read {@link dev.rowan.bench.worker.Benchmarks}.
 */
@NullMarked
package dev.rowan.bench.worker;

import org.jspecify.annotations.NullMarked;
