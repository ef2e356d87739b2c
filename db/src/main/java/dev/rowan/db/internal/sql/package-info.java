/**
 * SQL as text: its literals, names and comments.
 *
 * <p>It uses no other package of this module. Start at {@link dev.rowan.db.internal.sql.SqlScanner}.
 */
@NullMarked
package dev.rowan.db.internal.sql;

import org.jspecify.annotations.NullMarked;
