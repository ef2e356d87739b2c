/** Tests of how the plugin detects changes; the scenario projects in {@code src/it} test the goals themselves. */
@NullMarked
package dev.rowan.maven.input;

import org.jspecify.annotations.NullMarked;
