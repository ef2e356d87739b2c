/**
 * What the classes of a release rely on in a schema: kept as a small file beside the changelog, and compared with later
 * schemas.
 *
 * <p>It does not know Liquibase. Start at {@link dev.rowan.db.internal.release.ReleasedSchema}; {@code SchemaReader}
 * reads one of a live database, {@code ReleaseFile} writes and reads the file, {@code ReleaseComparison} says what a
 * later schema breaks.
 */
@NullMarked
package dev.rowan.db.internal.release;

import org.jspecify.annotations.NullMarked;
