/**
 * What was read from the schema, in one notation for MySQL and MariaDB: column declarations, defaults, version
 * columns and relations. Version columns and relations that users configure belong here.
 *
 * <p>Uses {@code naming} and jOOQ's definitions. Start at {@link dev.rowan.codegen.model.RelationCollector} for
 * relations and at {@link dev.rowan.codegen.model.ColumnDeclaration} for columns.
 */
@NullMarked
package dev.rowan.codegen.model;

import org.jspecify.annotations.NullMarked;
