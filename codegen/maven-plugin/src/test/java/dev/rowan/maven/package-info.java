/** Tests of how the plugin knows that there is nothing to do; the rest is tested by the projects under {@code src/it}. */
@NullMarked
package dev.rowan.maven;

import org.jspecify.annotations.NullMarked;
