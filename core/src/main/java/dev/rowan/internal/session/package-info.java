/**
 * One transaction on one connection: its statements, its savepoints, and the records that it tracks.
 * Start at {@link dev.rowan.internal.session.SessionExecutor}; {@link dev.rowan.internal.session.SessionRecords}
 * connects it to the unit of work.
 *
 * <p>Uses unitofwork and load.
 */
@NullMarked
package dev.rowan.internal.session;

import org.jspecify.annotations.NullMarked;
