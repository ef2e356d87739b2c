/** Tests of how the plugin detects changes; the scenario projects in {@code src/it} test the goal itself. */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
