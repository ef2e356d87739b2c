/** Tests of what the generator's process is given. */
@NullMarked
package dev.rowan.maven.process;

import org.jspecify.annotations.NullMarked;
