/**
 * Borrows, guards and returns connections: start at {@link dev.rowan.internal.connection.ConnectionSource}.
 *
 * <p>Only this package uses HikariCP. Uses config, driver and failure.
 */
@NullMarked
package dev.rowan.internal.connection;

import org.jspecify.annotations.NullMarked;
