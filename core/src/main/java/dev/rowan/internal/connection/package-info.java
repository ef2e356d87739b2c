/**
 * Where connections come from, and what stays on them: start at {@link dev.rowan.internal.connection.ConnectionSource}.
 *
 * <p>HikariCP is used here alone. Uses config, driver and failure.
 */
@NullMarked
package dev.rowan.internal.connection;

import org.jspecify.annotations.NullMarked;
