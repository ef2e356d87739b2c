/**
 * Relations along foreign keys: a {@link dev.rowan.internal.relation.RelationPath} leads from records to rows,
 * {@link dev.rowan.internal.relation.RelationLoader} loads the rows of many records at once, and
 * {@link dev.rowan.internal.relation.LinkTableWriter} writes the rows of link tables.
 *
 * <p>Uses write.
 */
@NullMarked
package dev.rowan.internal.relation;

import org.jspecify.annotations.NullMarked;
