/**
 * Writes of records, one ({@link dev.rowan.internal.write.RecordWriter}) or many by few statements
 * ({@link dev.rowan.internal.write.BatchRecordWriter}), and upserts.
 *
 * <p>Uses query.
 */
@NullMarked
package dev.rowan.internal.write;

import org.jspecify.annotations.NullMarked;
