/**
 * Reads the schema of a live database through jOOQ's meta classes, so that MySQL and MariaDB yield the same
 * definitions.
 *
 * <p>Uses {@code model}. Start at {@link dev.rowan.codegen.database.RowanDatabase}, which jOOQ instantiates by name.
 */
@NullMarked
package dev.rowan.codegen.database;

import org.jspecify.annotations.NullMarked;
