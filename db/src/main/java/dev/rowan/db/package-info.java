/**
 * Database servers to work on, and Liquibase changelogs applied to them: the public API of {@code rowan-db}.
 *
 * <p>Start at {@link dev.rowan.db.DatabaseServer}, which starts a server or connects to one, and {@link
 * dev.rowan.db.Migrator}, which applies a changelog to any {@link javax.sql.DataSource}. {@link
 * dev.rowan.db.ProjectEnvironment} is a server that stays. The rest are their options,
 * results and exceptions. The work is done in {@code dev.rowan.db.internal}; no internal package uses this one, so this
 * package translates their values and failures into its own.
 */
@NullMarked
package dev.rowan.db;

import org.jspecify.annotations.NullMarked;
