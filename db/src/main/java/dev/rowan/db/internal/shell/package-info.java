/**
 * A prompt for SQL, for machines that have no client of the server.
 *
 * <p>Start at {@link dev.rowan.db.internal.shell.SqlShell}. {@code StatementBuffer} divides lines into statements, and
 * {@code TextTable} shows rows. JLine is an optional dependency: {@code TerminalInput} is the only class that needs it,
 * and is loaded last. This package uses {@code internal.sql} only.
 */
@NullMarked
package dev.rowan.db.internal.shell;

import org.jspecify.annotations.NullMarked;
