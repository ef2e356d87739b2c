/** Tests of the generator: the golden schema in {@link dev.rowan.codegen.GoldenSourcesTest}, then its parts. */
@NullMarked
package dev.rowan.codegen;

import org.jspecify.annotations.NullMarked;
