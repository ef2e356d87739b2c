/**
 * What every kind of server has in common: how to reach it and how to stop it.
 *
 * <p>Start at {@link dev.rowan.db.internal.server.RunningServer}. A server is disposable, started for this process and
 * stopped with it; or the environment of a project; or external, given by its URL. This package uses {@code
 * internal.jdbc} only.
 */
@NullMarked
package dev.rowan.db.internal.server;

import org.jspecify.annotations.NullMarked;
