/**
 * The goals of the Maven plugin as commands, for builds without Maven.
 *
 * <p>Start at {@link dev.rowan.cli.Main}. {@code Commands} lists the commands and their options; {@code GoalCommand}
 * gives the values to the generator, under the keys that the plugin uses too.
 */
@NullMarked
package dev.rowan.cli;

import org.jspecify.annotations.NullMarked;
