/**
 * One transaction on one connection: start at {@link dev.rowan.internal.session.SessionExecutor}.
 *
 * <p>Uses unitofwork and load.
 */
@NullMarked
package dev.rowan.internal.session;

import org.jspecify.annotations.NullMarked;
