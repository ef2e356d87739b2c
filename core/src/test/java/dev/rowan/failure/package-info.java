/** Tests of the errors that users see when a statement, a connection or a server fails. */
@NullMarked
package dev.rowan.failure;

import org.jspecify.annotations.NullMarked;
