/**
 * The base classes of generated records: {@link dev.rowan.record.KeyedRecord} for tables with a primary key,
 * {@link dev.rowan.record.KeylessRecord} for views and other tables.
 *
 * <p>What Rowan does with a record beyond jOOQ's own methods passes the door in
 * {@link dev.rowan.internal.util.RecordDoor}, so that users see none of it.
 */
@NullMarked
package dev.rowan.record;

import org.jspecify.annotations.NullMarked;
