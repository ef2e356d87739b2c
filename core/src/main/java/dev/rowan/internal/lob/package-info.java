/**
 * Large values (BLOB and TEXT) as streams: start at {@link dev.rowan.internal.lob.LobColumn}.
 *
 * <p>Uses executor.
 */
@NullMarked
package dev.rowan.internal.lob;

import org.jspecify.annotations.NullMarked;
