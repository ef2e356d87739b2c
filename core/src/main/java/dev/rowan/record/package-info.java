/**
 * The base classes of generated records: {@link dev.rowan.record.KeyedRecord} for tables with a primary key,
 * {@link dev.rowan.record.KeylessRecord} for views and other tables.
 *
 * <p>Rowan's internal packages reach the non-public members of a record through
 * {@link dev.rowan.internal.util.RecordDoor}, so that they are not part of the API.
 */
@NullMarked
package dev.rowan.record;

import org.jspecify.annotations.NullMarked;
