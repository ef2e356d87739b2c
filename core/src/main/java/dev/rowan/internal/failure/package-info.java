/**
 * Translates the errors of the server and the driver into the types of {@link dev.rowan.error}: start at
 * {@link dev.rowan.internal.failure.SqlExceptionTranslator}.
 *
 * <p>It finds the generated constants of the keys and columns that a message names. Uses error, record and util.
 */
@NullMarked
package dev.rowan.internal.failure;

import org.jspecify.annotations.NullMarked;
