/**
 * Decides every name in the generated sources: classes, methods, constants, relations, and the types of core that they
 * refer to.
 *
 * <p>Uses jOOQ and {@code config}. Start at {@link dev.rowan.codegen.naming.SchemaNames}, which gives each name and
 * keeps the names apart; {@link dev.rowan.codegen.naming.RowanNamingStrategy} hands them to jOOQ.
 */
@NullMarked
package dev.rowan.codegen.naming;

import org.jspecify.annotations.NullMarked;
