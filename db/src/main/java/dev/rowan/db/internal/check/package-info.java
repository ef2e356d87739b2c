/**
 * What the migrations of a changelog cost a database in use, and what may go wrong with them: tried on databases that
 * are thrown away.
 *
 * <p>Start at {@link dev.rowan.db.internal.check.ChangelogCheck}. It runs the changelog several times: {@code
 * CostJudge} has the server say how it runs each statement, {@code RollbackCheck} rolls changesets back, {@code
 * RowFiller} writes rows into an earlier release, and {@code SchemaLint} looks at what was made.
 */
@NullMarked
package dev.rowan.db.internal.check;

import org.jspecify.annotations.NullMarked;
