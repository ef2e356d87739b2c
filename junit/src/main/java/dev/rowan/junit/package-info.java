/**
 * A real database for tests: a schema of its own for each test class, copied from one that is migrated once, and a check
 * after each test that nothing was left open.
 *
 * <p>Start at {@link dev.rowan.junit.TestDatabase}, the extension.
 */
@NullMarked
package dev.rowan.junit;

import org.jspecify.annotations.NullMarked;
