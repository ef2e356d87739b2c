/**
 * The schema of a live database as a changelog: what the server itself says of each object, in an order in which it can
 * be made again.
 *
 * <p>It uses {@code internal.sql}, and does not know Liquibase. Start at {@link
 * dev.rowan.db.internal.schema.LiveSchema}, which reads the objects; {@code TableText} and {@code ViewText} take out of
 * a statement what belongs to its server, {@code ChangelogText} writes the statements as changesets.
 */
@NullMarked
package dev.rowan.db.internal.schema;

import org.jspecify.annotations.NullMarked;
