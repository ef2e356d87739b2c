/**
 * What is known of one table and its records: start at {@link dev.rowan.internal.table.TableMapping}, which renders each
 * text once, and {@link dev.rowan.internal.table.RecordAccess}.
 *
 * <p>Uses statement and record.
 */
@NullMarked
package dev.rowan.internal.table;

import org.jspecify.annotations.NullMarked;
