/**
 * Helpers of this module's tests: test classes run inside a test, and plain SQL.
 *
 * <p>Start at {@link dev.rowan.junit.testing.TestClassRunner}, which returns a {@code TestRunResult}. These classes use
 * {@code dev.rowan.junit} only.
 */
@NullMarked
package dev.rowan.junit.testing;

import org.jspecify.annotations.NullMarked;
