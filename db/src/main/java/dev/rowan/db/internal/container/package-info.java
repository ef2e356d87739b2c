/**
 * A MySQL server in a Docker container.
 *
 * <p>Start at {@link dev.rowan.db.internal.container.ContainerServer}, which asks the Docker engine whether it can run
 * the image. Testcontainers is an optional dependency: {@code MysqlContainer} is the only class that needs it, and is
 * loaded last. {@code LastingContainer} is one that outlives the JVM, and needs the command {@code docker} alone. This
 * package uses {@code internal.server} and {@code internal.jdbc}.
 */
@NullMarked
package dev.rowan.db.internal.container;

import org.jspecify.annotations.NullMarked;
