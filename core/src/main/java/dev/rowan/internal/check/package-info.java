/**
 * Compares a generated schema with the live one: start at {@link dev.rowan.internal.check.SchemaCheck}.
 *
 * <p>Uses executor.
 */
@NullMarked
package dev.rowan.internal.check;

import org.jspecify.annotations.NullMarked;
