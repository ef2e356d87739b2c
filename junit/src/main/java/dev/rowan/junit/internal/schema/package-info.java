/**
 * Schemas for tests: a template that a changelog is applied to, and a copy of it for each test class.
 *
 * <p>Start at {@link dev.rowan.junit.internal.schema.SchemaTemplate}, which creates a {@code TestSchema}.
 * {@code SchemaDefinition} creates the copy and restores its rows, {@code SchemaConnection} runs the statements, and
 * {@code OpenTransactionCheck} finds transactions that a test left open. This package uses {@code internal.connection}
 * and {@code dev.rowan.db}.
 */
@NullMarked
package dev.rowan.junit.internal.schema;

import org.jspecify.annotations.NullMarked;
