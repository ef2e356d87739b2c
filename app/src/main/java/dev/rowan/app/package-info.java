/**
 * The users service, written as any service on Rowan would be: its changelog becomes typed classes in the build, and
 * the code below {@link dev.rowan.app.Main} works with those.
 *
 * <p>Start at {@code WalkThrough} to see what Rowan does, step by step; {@code UsersCommand} is the same as a tool.
 */
@NullMarked
package dev.rowan.app;

import org.jspecify.annotations.NullMarked;
