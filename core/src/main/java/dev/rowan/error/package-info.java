/**
 * The exceptions of Rowan, as sealed types that carry data: start at {@link dev.rowan.error.DatabaseException}.
 *
 * <p>Messages say what failed, where, and how to fix it. No message, and no cause, contains a bind value.
 */
@NullMarked
package dev.rowan.error;

import org.jspecify.annotations.NullMarked;
