/**
 * Generates typed Java sources from the schema of a live database: tables, records and repositories.
 *
 * <p>Uses every package below it; none of them uses this one. Start at {@link dev.rowan.codegen.GeneratorGoal}, which a
 * {@link dev.rowan.codegen.Build} runs, then read {@code Generation}: start a server, migrate it, read its schema with
 * {@code database}, write its sources with {@code source}. {@code JooqConfiguration} connects these packages to jOOQ's
 * generator.
 */
@NullMarked
package dev.rowan.codegen;

import org.jspecify.annotations.NullMarked;
