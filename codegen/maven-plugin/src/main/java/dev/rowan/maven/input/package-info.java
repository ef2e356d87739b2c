/**
 * The inputs of a run: where the changelog and its files are in the project and its dependencies, and whether any of
 * them differs from the last run. Start at {@link dev.rowan.maven.input.ChangelogPath}.
 */
@NullMarked
package dev.rowan.maven.input;

import org.jspecify.annotations.NullMarked;
