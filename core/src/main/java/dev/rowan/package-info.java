/**
 * The public API for services: start with {@link dev.rowan.Database}, and with {@link dev.rowan.Repository}, which
 * generated repositories extend.
 *
 * <p>This package holds public types only. A call of a repository or query builds a
 * {@link dev.rowan.internal.statement.SqlCommand} in one of the internal packages, which an
 * {@link dev.rowan.internal.executor.Executor} runs: on a connection of the pool, or in the transaction of a
 * {@link dev.rowan.Session}.
 */
@NullMarked
package dev.rowan;

import org.jspecify.annotations.NullMarked;
