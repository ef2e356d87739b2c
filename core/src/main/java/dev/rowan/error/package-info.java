/**
 * What can go wrong, as sealed types that carry data: start at {@link dev.rowan.error.DatabaseException}.
 *
 * <p>Messages say what happened, where, and the mend. A value that was bound to a statement stands in none of them,
 * nor in their causes.
 */
@NullMarked
package dev.rowan.error;

import org.jspecify.annotations.NullMarked;
