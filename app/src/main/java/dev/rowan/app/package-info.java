/**
 * The users service: an example of a service built on Rowan. The build generates typed classes from its changelog into
 * {@code dev.rowan.app.schema}; this package uses those, rowan-core and rowan-db.
 *
 * <p>Start at {@code WalkThrough} for a demonstration of Rowan's features, or at {@code UsersCommand} for a
 * command-line tool. {@link dev.rowan.app.Main} is the entry point of both.
 */
@NullMarked
package dev.rowan.app;

import org.jspecify.annotations.NullMarked;
