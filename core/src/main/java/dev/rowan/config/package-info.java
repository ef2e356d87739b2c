/**
 * How a database is opened and its transactions are run: start at {@link dev.rowan.config.DatabaseOptions}. All types
 * are immutable.
 */
@NullMarked
package dev.rowan.config;

import org.jspecify.annotations.NullMarked;
