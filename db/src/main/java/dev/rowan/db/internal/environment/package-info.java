/**
 * The database of a project: a server that outlives this process, in the folder {@code .rowan} of the project.
 *
 * <p>Start at {@link dev.rowan.db.internal.environment.Environment}, whose operations hold the {@code EnvironmentLock}
 * of the folder, so that processes do one after the other. {@code EnvironmentFolder} knows the files, {@code
 * ClientFile} the login, and {@code ServerRecord} the process. This package uses {@code internal.embedded} and {@code
 * internal.jdbc}.
 */
@NullMarked
package dev.rowan.db.internal.environment;

import org.jspecify.annotations.NullMarked;
