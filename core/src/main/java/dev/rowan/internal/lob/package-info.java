/**
 * Writes and reads one large value piece by piece: start at {@link dev.rowan.internal.lob.LobColumn}.
 *
 * <p>Uses executor.
 */
@NullMarked
package dev.rowan.internal.lob;

import org.jspecify.annotations.NullMarked;
