/**
 * Writes the sources: jOOQ's tables and records, with relation accessors, and a repository for each table.
 *
 * <p>Uses {@code naming}, {@code model}, {@code type} and {@code database}. Start at {@link
 * dev.rowan.codegen.source.RowanGenerator}, which jOOQ instantiates by name; {@code RepositoryWriter} and {@code
 * RelationWriter} write what jOOQ does
 * not.
 */
@NullMarked
package dev.rowan.codegen.source;

import org.jspecify.annotations.NullMarked;
