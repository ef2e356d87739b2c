/**
 * The database of a project: a server that outlives this process, in the folder {@code .rowan} of the project.
 *
 * <p>Start at {@link dev.rowan.db.internal.environment.Environment}, whose operations hold the {@code EnvironmentLock}
 * of the folder, so that processes do one after the other. {@code EnvironmentFolder} knows the files, {@code
 * ClientFile} the login, {@code ServerRecord} the server that was started, and {@code ServerForm} what differs between
 * an embedded server and one in a container. This package uses {@code internal.embedded}, {@code internal.container}
 * and {@code internal.jdbc}.
 */
@NullMarked
package dev.rowan.db.internal.environment;

import org.jspecify.annotations.NullMarked;
