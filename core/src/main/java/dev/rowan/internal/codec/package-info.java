/**
 * Binds, reads, checks and measures one value of a column: start at {@link dev.rowan.internal.codec.Codec}.
 *
 * <p>Uses type, failure and driver.
 */
@NullMarked
package dev.rowan.internal.codec;

import org.jspecify.annotations.NullMarked;
