/**
 * What can go wrong, as sealed types that carry data: start at {@link dev.rowan.error.DatabaseException}.
 *
 * <p>Messages say what failed, where, and how to fix it. No message, and no cause, contains a value that was bound to a
 * statement.
 */
@NullMarked
package dev.rowan.error;

import org.jspecify.annotations.NullMarked;
