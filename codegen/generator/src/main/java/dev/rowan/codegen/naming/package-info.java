/**
 * Decides every name in the generated sources: classes, finders, relations, and the types of core that they refer to.
 * Names that users configure belong here.
 *
 * <p>Uses jOOQ only. Start at {@link dev.rowan.codegen.naming.RowanNamingStrategy}, which jOOQ asks for the names of
 * tables, records and keys; {@link dev.rowan.codegen.naming.RelationNames} and {@link
 * dev.rowan.codegen.naming.RepositoryNames} add the names that jOOQ does not know.
 */
@NullMarked
package dev.rowan.codegen.naming;

import org.jspecify.annotations.NullMarked;
