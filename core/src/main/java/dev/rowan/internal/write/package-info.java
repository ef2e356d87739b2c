/**
 * Writes: start at {@link dev.rowan.internal.write.RecordWriter} for single records,
 * {@link dev.rowan.internal.write.BatchRecordWriter} for many, {@link dev.rowan.internal.write.KeyWriter} for writes by
 * key, and {@link dev.rowan.internal.write.UpsertByKey} for upserts.
 *
 * <p>Uses query.
 */
@NullMarked
package dev.rowan.internal.write;

import org.jspecify.annotations.NullMarked;
