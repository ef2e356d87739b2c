/**
 * Reads the schema of a live database and writes typed Java sources: tables, records and repositories.
 *
 * <p>Start at {@link dev.rowan.codegen.Main}, which a build runs in a process of its own. {@link
 * dev.rowan.codegen.Generation} is the road from server to sources; {@link dev.rowan.codegen.RowanDatabase} reads,
 * {@link dev.rowan.codegen.RowanGenerator} writes.
 */
@NullMarked
package dev.rowan.codegen;

import org.jspecify.annotations.NullMarked;
