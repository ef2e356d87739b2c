/**
 * Liquibase as a library: silent, without telemetry, with short lock timeouts.
 *
 * <p>This is the only package that names Liquibase's classes. It uses no other package of this module. Start at {@link
 * dev.rowan.db.internal.migration.ChangelogRunner}; {@code OpenChangelog} applies and rolls back changesets, and {@code
 * LiquibaseExceptionTranslator} turns failures into messages for users.
 */
@NullMarked
package dev.rowan.db.internal.migration;

import org.jspecify.annotations.NullMarked;
