/**
 * Liquibase as a library: silent, without telemetry, with short lock timeouts, and without what it drops in silence.
 *
 * <p>This is the only package that names Liquibase's classes. It uses {@code internal.jdbc} and {@code internal.sql}.
 * Start at {@link dev.rowan.db.internal.migration.ChangelogRunner}; {@code OpenChangelog} applies and rolls back
 * changesets, {@code ChangesetFilters} selects them, {@code SqlChangelogCheck} and {@code ChangesetCheck} read their
 * SQL before anything runs, and {@code LiquibaseExceptionTranslator} turns failures into messages for users.
 */
@NullMarked
package dev.rowan.db.internal.migration;

import org.jspecify.annotations.NullMarked;
