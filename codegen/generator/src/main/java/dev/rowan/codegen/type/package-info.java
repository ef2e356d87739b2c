/**
 * Decides the Java type of every column: the defaults for each SQL type, the enums of SET columns, and the types that
 * users configure.
 *
 * <p>Uses {@code naming} and {@code model}. Start at {@link dev.rowan.codegen.type.ForcedTypeResolver}; {@code
 * TypeMapping} is one configured line, {@link dev.rowan.codegen.type.DefaultForcedTypes} holds the defaults.
 */
@NullMarked
package dev.rowan.codegen.type;

import org.jspecify.annotations.NullMarked;
