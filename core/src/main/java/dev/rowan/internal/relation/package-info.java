/**
 * Relations along foreign keys: {@link dev.rowan.internal.relation.RelationPath} says where one leads,
 * {@link dev.rowan.internal.relation.RelationLoader} loads it for many records at once.
 *
 * <p>Uses write.
 */
@NullMarked
package dev.rowan.internal.relation;

import org.jspecify.annotations.NullMarked;
