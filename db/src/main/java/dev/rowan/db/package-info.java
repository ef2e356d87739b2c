/**
 * A database to work on, and its schema brought up to date.
 *
 * <p>Start at {@link dev.rowan.db.DatabaseServer}: one that is given by a URL, in a container or embedded. {@link
 * dev.rowan.db.Migrator} applies changelogs to it, or to any other {@link javax.sql.DataSource}.
 */
@NullMarked
package dev.rowan.db;

import org.jspecify.annotations.NullMarked;
