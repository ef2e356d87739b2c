/** Tests of the generator: the golden schema in {@link dev.rowan.codegen.SourcesTest}, then its parts. */
@NullMarked
package dev.rowan.codegen;

import org.jspecify.annotations.NullMarked;
