/**
 * The bindings and converters that generated classes name: how a column's SQL type becomes its Java type.
 *
 * <p>Jackson is optional, and used by {@link dev.rowan.type.JsonConverter} alone.
 */
@NullMarked
package dev.rowan.type;

import org.jspecify.annotations.NullMarked;
