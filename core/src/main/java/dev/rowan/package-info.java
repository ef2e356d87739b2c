/**
 * What services import: a {@link dev.rowan.Database}, and the base classes of the generated repositories. Start with these two.
 *
 * <p>Each public call of a repository or query builds a {@link dev.rowan.internal.statement.SqlCommand} in one of the internal
 * packages and runs it by an {@link dev.rowan.internal.executor.Executor}; this package holds the public types alone.
 */
@NullMarked
package dev.rowan;

import org.jspecify.annotations.NullMarked;
