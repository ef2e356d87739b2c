/**
 * Runs one statement: a {@link dev.rowan.internal.statement.SqlCommand} is data, a
 * {@link dev.rowan.internal.statement.StatementExecutor} prepares, binds, executes, reads, logs and counts it.
 *
 * <p>Every statement of Rowan takes this path; {@link dev.rowan.internal.statement.DslListener} logs and counts those
 * of jOOQ's DSL. Uses connection and codec.
 */
@NullMarked
package dev.rowan.internal.statement;

import org.jspecify.annotations.NullMarked;
