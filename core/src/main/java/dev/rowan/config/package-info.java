/**
 * The options of a database and its transactions: start at {@link dev.rowan.config.DatabaseOptions}. All types
 * are immutable.
 */
@NullMarked
package dev.rowan.config;

import org.jspecify.annotations.NullMarked;
