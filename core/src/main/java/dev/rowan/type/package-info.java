/**
 * The bindings and converters of generated classes, which map the SQL type of a column to its Java type.
 *
 * <p>Jackson is optional: only {@link dev.rowan.type.JsonConverter} uses it.
 */
@NullMarked
package dev.rowan.type;

import org.jspecify.annotations.NullMarked;
