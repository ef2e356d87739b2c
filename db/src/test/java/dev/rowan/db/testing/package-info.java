/**
 * Helpers of this module's tests: an empty database for each test, plain SQL, assertions on messages, a second JVM.
 *
 * <p>Start at {@link dev.rowan.db.testing.EmptyDatabaseExtension}. These classes use {@code dev.rowan.db} and {@code
 * internal.jdbc} only.
 */
@NullMarked
package dev.rowan.db.testing;

import org.jspecify.annotations.NullMarked;
