/**
 * A real database for each test class, as a JUnit extension: the public API of {@code rowan-junit}.
 *
 * <p>Start at {@link dev.rowan.junit.TestDatabase}, the extension. It starts the server with {@code dev.rowan.db},
 * keeps one migrated template schema per changelog, and gives each test class a copy: see {@code internal.schema}. The
 * connections that tests use are in {@code internal.connection}.
 */
@NullMarked
package dev.rowan.junit;

import org.jspecify.annotations.NullMarked;
