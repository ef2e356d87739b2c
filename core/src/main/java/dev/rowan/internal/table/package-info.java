/**
 * The mapping of tables, and the state of records: start at {@link dev.rowan.internal.table.TableMapping}, which caches
 * the SQL of each statement, and {@link dev.rowan.internal.table.RecordAccess}.
 *
 * <p>Uses statement and record.
 */
@NullMarked
package dev.rowan.internal.table;

import org.jspecify.annotations.NullMarked;
